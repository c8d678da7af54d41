using Alerts.Demo.Faults;
using Alerts.Demo.Loopback;

namespace Alerts.Demo.Mailbox;

/// <summary>
/// A real SMTP server on 127.0.0.1 that keeps what it is sent, and a page to read it: the far end of the mails in local runs,
/// tests and benchmarks. Safe to use from many threads.
/// </summary>
public sealed class MailboxServer : IAsyncDisposable
{
    readonly MailStore store;
    readonly SmtpStages stages;
    readonly SmtpListener listener;
    readonly WebApplication page;

    MailboxServer(MailStore store, SmtpStages stages, SmtpListener listener, WebApplication page, Uri pageUrl, FaultBoard<MailboxFault> faults)
    {
        this.store = store;
        this.stages = stages;
        this.listener = listener;
        this.page = page;
        PageUrl = pageUrl;
        Faults = faults;
    }

    /// <summary>The port SMTP is spoken on.</summary>
    public int SmtpPort => listener.Port;

    /// <summary>The page's address.</summary>
    public Uri PageUrl { get; }

    /// <summary>The misbehaviour asked for.</summary>
    public FaultBoard<MailboxFault> Faults { get; }

    /// <summary>The mails that are kept, oldest first; a copy.</summary>
    public IReadOnlyList<ReceivedMail> Mails => store.Mails;

    /// <summary>Mails accepted since the start or the last <see cref="Clear"/>, kept or not.</summary>
    public long AcceptedCount => store.Accepted.Value;

    /// <summary>Connections accepted since the start; can be awaited.</summary>
    public AwaitableCounter Connections => listener.Connections;

    /// <summary>Connections open now.</summary>
    public int OpenConnections => listener.OpenConnections;

    /// <summary>Awaited by every conversation at each of its stages, so that a test can hold it there; null: none.</summary>
    public Func<SmtpStage, Task>? OnStage
    {
        get => stages.Hook;
        set => stages.Hook = value;
    }

    /// <summary>Starts listening on both ports.</summary>
    /// <exception cref="PortInUseException">A port is taken.</exception>
    public static async Task<MailboxServer> StartAsync(MailboxOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = new FaultBoard<MailboxFault>();
        var store = new MailStore(options, clock);
        var stages = new SmtpStages(faults);
        var listener = new SmtpListener(options, store, stages, clock);
        try
        {
            var bound = LoopbackPort.Bind(options.PagePort, options.PagePortSetting, options.Address);
            var pageUrl = new Uri($"http://127.0.0.1:{LoopbackPort.Of(bound)}/");
            var pages = new MailboxPages(store, faults, options, listener.Port);
            var page = await LoopbackHost.StartAsync(bound, app =>
            {
                app.MapAssets();
                app.MapFaults(faults);
                pages.Map(app);
            });
            return new MailboxServer(store, stages, listener, page, pageUrl, faults);
        }
        catch
        {
            await listener.DisposeAsync();
            throw;
        }
    }

    /// <summary>The first mail, kept already or yet to come, that <paramref name="matches"/> is true of. It must not call this server.</summary>
    /// <exception cref="InvalidOperationException">This mailbox only counts.</exception>
    public Task<ReceivedMail> WaitForMailAsync(Func<ReceivedMail, bool> matches, CancellationToken cancellation) =>
        store.WaitForMailAsync(matches, cancellation);

    /// <summary>Waits until <see cref="AcceptedCount"/> is at least <paramref name="count"/>, then gives <see cref="Mails"/>.</summary>
    public async Task<IReadOnlyList<ReceivedMail>> WaitForCountAsync(int count, CancellationToken cancellation)
    {
        await store.Accepted.WaitForAsync(count, cancellation);
        return store.Mails;
    }

    /// <summary>Forgets every mail and starts counting again.</summary>
    public void Clear() => store.Clear();

    /// <summary>SMTP goes down: connections are refused, open ones reset. The page and the mails stay.</summary>
    public Task CloseSmtpAsync() => listener.CloseAsync();

    /// <summary>SMTP comes back on its port.</summary>
    /// <exception cref="PortInUseException">Another program took the port meanwhile.</exception>
    public Task OpenSmtpAsync() => listener.OpenAsync();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await listener.DisposeAsync();
        await page.DisposeAsync();
    }
}
