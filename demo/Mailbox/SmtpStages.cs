using Alerts.Demo.Faults;

namespace Alerts.Demo.Mailbox;

/// <summary>What happens when a conversation reaches a stage: first the test's hook, then the faults.</summary>
sealed class SmtpStages(FaultBoard<MailboxFault> faults)
{
    public Func<SmtpStage, Task>? Hook { get; set; }

    /// <summary>False on the fast path: nobody watches, nothing is to strike.</summary>
    public bool AreWatched => Hook is not null || !faults.IsEmpty;

    /// <summary>Waits for the hook and for every delay once, then says which fault strikes; null when none does.</summary>
    public async ValueTask<MailboxFault?> ReachAsync(SmtpStage stage, IReadOnlyList<string> recipients, CancellationToken cancellation)
    {
        if (Hook is { } hook)
            await hook(stage).WaitAsync(cancellation);
        var reached = new Reached(stage, recipients, []);
        while (faults.TryTake(reached, Applies, out var fault))
        {
            if (fault.Kind is not MailboxFaultKind.Delay)
                return fault;
            reached.Waited.Add(fault);
            await Task.Delay(fault.Delay!.Value, TimeProvider.System, cancellation);
        }
        return null;
    }

    static bool Applies(MailboxFault fault, Reached reached) =>
        fault.Stage == reached.Stage
        && !reached.Waited.Exists(waited => ReferenceEquals(waited, fault))
        && (fault.Recipient is null || reached.Recipients.Contains(fault.Recipient, StringComparer.OrdinalIgnoreCase));

    sealed record Reached(SmtpStage Stage, IReadOnlyList<string> Recipients, List<MailboxFault> Waited);
}
