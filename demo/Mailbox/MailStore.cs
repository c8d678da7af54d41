using Alerts.Demo.Faults;

namespace Alerts.Demo.Mailbox;

/// <summary>The accepted mails, newest kept within two limits (<see cref="MailboxOptions.MaxKeptMails"/>, <see cref="MailboxOptions.MaxKeptBytes"/>), and who waits for one.</summary>
sealed class MailStore(MailboxOptions options, TimeProvider clock)
{
    readonly Lock gate = new();
    readonly Queue<ReceivedMail> kept = new();
    readonly List<(Func<ReceivedMail, bool> Matches, TaskCompletionSource<ReceivedMail> Found)> waiters = [];
    long sequence;
    long keptBytes;

    public bool KeepsMails => options.MaxKeptMails > 0;

    public AwaitableCounter Accepted { get; } = new();

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ReceivedMail> Mails
    {
        get
        {
            lock (gate)
                return [.. kept];
        }
    }

    /// <summary>A kept mail; null when it is not there any more.</summary>
    public ReceivedMail? Find(long sequence)
    {
        lock (gate)
            return kept.FirstOrDefault(mail => mail.Sequence == sequence);
    }

    /// <summary>Accepts a mail; <paramref name="raw"/> is ignored where none are kept.</summary>
    public void Add(string mailFrom, IReadOnlyList<string> recipients, ReadOnlySpan<byte> raw, long connectionId)
    {
        if (KeepsMails)
            Keep(mailFrom, [.. recipients], raw.ToArray(), connectionId);
        Accepted.Increment();
    }

    public void Clear()
    {
        lock (gate)
        {
            kept.Clear();
            keptBytes = 0;
        }
        Accepted.Reset();
    }

    public Task<ReceivedMail> WaitForMailAsync(Func<ReceivedMail, bool> matches, CancellationToken cancellation)
    {
        if (!KeepsMails)
            throw new InvalidOperationException("This mailbox keeps no mails, so none can be waited for.");
        var found = new TaskCompletionSource<ReceivedMail>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (kept.FirstOrDefault(matches) is { } there)
                return Task.FromResult(there);
            waiters.Add((matches, found));
        }
        return AwaitAsync(found, cancellation);
    }

    void Keep(string mailFrom, IReadOnlyList<string> recipients, byte[] raw, long connectionId)
    {
        lock (gate)
        {
            var mail = new ReceivedMail(++sequence, mailFrom, recipients, raw, clock.GetUtcNow(), connectionId);
            kept.Enqueue(mail);
            keptBytes += raw.Length;
            while (kept.Count > options.MaxKeptMails || (keptBytes > options.MaxKeptBytes && kept.Count > 1))
                keptBytes -= kept.Dequeue().Raw.Length;
            foreach (var (matches, found) in waiters)
                Offer(mail, matches, found);
        }
    }

    /// <summary>What a waiting test's condition throws belongs to the test, not to the SMTP conversation.</summary>
    static void Offer(ReceivedMail mail, Func<ReceivedMail, bool> matches, TaskCompletionSource<ReceivedMail> found)
    {
        try
        {
            if (matches(mail))
                found.TrySetResult(mail);
        }
        catch (Exception exception)
        {
            found.TrySetException(exception);
        }
    }

    async Task<ReceivedMail> AwaitAsync(TaskCompletionSource<ReceivedMail> found, CancellationToken cancellation)
    {
        try
        {
            return await found.Task.WaitAsync(cancellation);
        }
        finally
        {
            lock (gate)
                waiters.RemoveAll(waiter => waiter.Found == found);
        }
    }
}
