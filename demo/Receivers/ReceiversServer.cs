using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Alerts.Demo.Faults;
using Alerts.Demo.Loopback;
using Microsoft.AspNetCore.Connections;
using StandardWebhooks;
using StandardWebhooks.Diagnostics;

namespace Alerts.Demo.Receivers;

/// <summary>
/// Stand-ins for where alerts go besides mail: somebody's webhook, ntfy, Discord, Slack, Telegram and a browser with its push service. Each
/// checks what it gets as the real one does. Safe to use from many threads.
/// </summary>
public sealed class ReceiversServer : IAsyncDisposable
{
    /// <summary>The secret that the webhook checks signatures with.</summary>
    public const string Secret = "whsec_ZGVtby1zZWNyZXQtZm9yLXRoZS1kZW1vLW9ubHk=";

    /// <summary>The bot's token at the stand-in for Telegram.</summary>
    public const string BotToken = "123456:demo-bot";

    /// <summary>The bot's name.</summary>
    public const string BotName = "alerts_demo_bot";

    /// <summary>The most bytes that a push service takes.</summary>
    const int MaxPushBytes = 4_096;

    readonly TimeProvider clock;
    readonly int maxKept;
    readonly HttpClient toGateway = new();
    readonly Lock gate = new();
    readonly List<ReceivedMessage> messages = [];
    readonly List<(Func<ReceivedMessage, bool> Matches, TaskCompletionSource<ReceivedMessage> Found)> waiting = [];
    (string Url, string Secret)? updates;
    int connections;
    WebApplication app = null!;

    ReceiversServer(TimeProvider clock, int maxKept) => (this.clock, this.maxKept) = (clock, maxKept);

    /// <summary>The page's address, and the base of all others.</summary>
    public Uri BaseUrl { get; private set; } = null!;

    /// <summary>The misbehaviour asked for.</summary>
    public FaultBoard<ReceiverFault> Faults { get; } = new();

    /// <summary>Requests that came, whatever became of them; can be awaited.</summary>
    public AwaitableCounter Requests { get; } = new();

    /// <summary>Connections that are open.</summary>
    public int OpenConnections => Volatile.Read(ref connections);

    /// <summary>Awaited when a message has come to a stage; null: nobody looks.</summary>
    public Func<ReceiverStage, Task>? OnStage { get; set; }

    /// <summary>What was taken, oldest first; a copy.</summary>
    public IReadOnlyList<ReceivedMessage> Messages
    {
        get
        {
            lock (gate)
                return [.. messages];
        }
    }

    /// <summary>The address a channel of a kind is given: of somebody by name.</summary>
    public string UrlOf(ReceiverKind kind, string name) => UrlOf(BaseUrl, kind, name);

    /// <summary>The same of the receivers at an address.</summary>
    public static string UrlOf(Uri receivers, ReceiverKind kind, string name) => receivers + kind switch
    {
        ReceiverKind.Webhook => $"webhook/{name}",
        ReceiverKind.Ntfy => $"ntfy/{name}",
        ReceiverKind.Discord => $"api/webhooks/1/{name}",
        ReceiverKind.WebPush => $"push/{name}",
        _ => $"services/T0/B0/{name}",
    };

    /// <summary>Starts listening.</summary>
    /// <exception cref="PortInUseException">The port is taken.</exception>
    /// <param name="port">The port; 0 takes a free one.</param>
    /// <param name="clock">Says when a message came.</param>
    /// <param name="maxKept">The most messages that are kept, the newest.</param>
    public static async Task<ReceiversServer> StartAsync(int port, TimeProvider clock, int maxKept = 5_000)
    {
        var socket = LoopbackPort.Bind(port, "Demo__ReceiversPort");
        var server = new ReceiversServer(clock, maxKept)
            { BaseUrl = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{LoopbackPort.Of(socket)}/")) };
        server.app = await LoopbackHost.StartAsync(socket, server.Map, listen => listen.Use(server.CountAsync));
        return server;
    }

    /// <summary>Waits for a message; one that was taken before counts, too.</summary>
    public Task<ReceivedMessage> WaitForAsync(Func<ReceivedMessage, bool> matches, CancellationToken cancellation)
    {
        var found = new TaskCompletionSource<ReceivedMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (messages.Find(message => matches(message)) is { } there)
                return Task.FromResult(there);
            waiting.Add((matches, found));
        }

        return found.Task.WaitAsync(cancellation);
    }

    /// <summary>Somebody opens the chat with the bot by a start link, as Telegram tells the gateway of it.</summary>
    public async Task<int> StartChatAsync(long chatId, string name, string code)
    {
        if (updates is not var (url, secret))
            return StatusCodes.Status404NotFound;
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = JsonContent.Create(new { update_id = 1, message = new { message_id = 1, chat = new { id = chatId, type = "private", first_name = name }, text = $"/start {code}" } }),
        };
        request.Headers.Add("X-Telegram-Bot-Api-Secret-Token", secret);
        await request.Content.LoadIntoBufferAsync();
        using var answer = await toGateway.SendAsync(request);
        return (int)answer.StatusCode;
    }

    void Map(WebApplication routes)
    {
        routes.MapAssets();
        routes.MapFaults(Faults);
        routes.MapGet("/", context => ReceiverPages.WriteAsync(context, this));
        routes.MapPost("/webhook/{name}", context => TakeAsync(context, ReceiverKind.Webhook, _ => Name(context), _ => null));
        routes.MapPost("/ntfy/", context => TakeAsync(context, ReceiverKind.Ntfy, body => Text(body, "topic"), ReceiverRules.OfNtfy));
        routes.MapPost("/api/webhooks/{id}/{name}",
            context => TakeAsync(context, ReceiverKind.Discord, _ => Name(context), ReceiverRules.OfDiscord));
        routes.MapPost("/services/{team}/{bot}/{name}",
            context => TakeAsync(context, ReceiverKind.Slack, _ => Name(context), ReceiverRules.OfSlack));
        routes.MapPost($"/bot{BotToken}/sendMessage", context => TakeAsync(context, ReceiverKind.Telegram,
            body => body.GetProperty("chat_id").ToString(), ReceiverRules.OfTelegram));
        routes.MapPost("/push/{name}", TakePushAsync);
        routes.MapPost($"/bot{BotToken}/setWebhook", async context =>
        {
            var body = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body);
            updates = (Text(body, "url"), Text(body, "secret_token"));
            await context.Response.WriteAsync("""{"ok":true,"result":true}""");
        });
        routes.MapPost("/demo/start", async context =>
        {
            var form = await context.Request.ReadFormAsync();
            await StartChatAsync(77, form["name"].ToString(), form["link"].ToString().Split("start=")[^1].Trim());
            context.Response.Redirect("/");
        });
    }

    /// <summary>A push service does not read what it hands on; the browser behind it does.</summary>
    async Task TakePushAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var isSigned = PushBrowser.IsSigned(context.Request.Headers.Authorization.ToString(), PushBrowser.PublicOf(DemoOptions.WebPushKey),
            context.Request.Host.Host, TimeProvider.System.GetUtcNow());
        var refusal = !isSigned ? StatusCodes.Status403Forbidden
            : !int.TryParse(context.Request.Headers["TTL"], NumberStyles.None, CultureInfo.InvariantCulture, out _) ? StatusCodes.Status400BadRequest
            : body.Length > MaxPushBytes ? StatusCodes.Status413PayloadTooLarge
            : PushBrowser.Decrypt(body.ToArray()) is null ? StatusCodes.Status400BadRequest : (int?)null;
        if (refusal is { } status)
        {
            context.Response.StatusCode = status;
            return;
        }

        await TakeAsync(context, ReceiverKind.WebPush, PushBrowser.Decrypt(body.ToArray())!, _ => Name(context), _ => null);
    }

    async Task TakeAsync(HttpContext context, ReceiverKind kind, Func<JsonElement, string> nameOf, Func<JsonElement, string?> refusalOf)
    {
        using var reader = new StreamReader(context.Request.Body);
        await TakeAsync(context, kind, await reader.ReadToEndAsync(context.RequestAborted), nameOf, refusalOf);
    }

    async Task TakeAsync(
        HttpContext context, ReceiverKind kind, string text, Func<JsonElement, string> nameOf, Func<JsonElement, string?> refusalOf)
    {
        Requests.Increment();
        var body = JsonSerializer.Deserialize<JsonElement>(text);
        var to = nameOf(body);
        if (!Faults.TryTake((kind, to), Applies, out var fault))
            fault = null;
        if (fault?.Fault is ReceiverFaultKind.Reply)
        {
            await ReplyAsync(context, fault);
            return;
        }

        if (fault?.Fault is ReceiverFaultKind.Drop)
        {
            context.Abort();
            return;
        }

        if (fault?.Fault is ReceiverFaultKind.Silence)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
            return;
        }

        if (refusalOf(body) is { } refusal)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(refusal);
            return;
        }

        await ReachedAsync(ReceiverStage.Come);
        Keep(new ReceivedMessage(kind, to, text, clock.GetUtcNow(),
            context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()),
            kind is ReceiverKind.WebPush || (kind is ReceiverKind.Webhook && IsSigned(context, text))));
        await ReachedAsync(ReceiverStage.Taken);
        if (fault?.Fault is ReceiverFaultKind.KeepAndDrop)
            context.Abort();
        else if (fault?.Fault is ReceiverFaultKind.Endless)
            await WriteWithoutEndAsync(context);
        else
            await AcceptAsync(context, kind);
    }

    async Task AcceptAsync(HttpContext context, ReceiverKind kind)
    {
        if (kind is ReceiverKind.WebPush)
            context.Response.StatusCode = StatusCodes.Status201Created;
        else
            await context.Response.WriteAsync(kind is ReceiverKind.Slack ? "ok" : """{"ok":true}""");
        await context.Response.CompleteAsync();
        await ReachedAsync(ReceiverStage.Answered);
    }

    Task ReachedAsync(ReceiverStage stage) => OnStage?.Invoke(stage) ?? Task.CompletedTask;

    async Task CountAsync(ConnectionContext connection, Func<Task> next)
    {
        Interlocked.Increment(ref connections);
        try
        {
            await next();
        }
        finally
        {
            Interlocked.Decrement(ref connections);
        }
    }

    void Keep(ReceivedMessage message)
    {
        lock (gate)
        {
            messages.Add(message);
            if (messages.Count > maxKept)
                messages.RemoveAt(0);
            foreach (var waiter in waiting.Where(waiter => waiter.Matches(message)).ToList())
            {
                waiting.Remove(waiter);
                waiter.Found.TrySetResult(message);
            }
        }
    }

    static bool Applies(ReceiverFault fault, (ReceiverKind Kind, string To) message) =>
        (fault.Kind is null || fault.Kind == message.Kind) && (fault.To is null || fault.To == message.To);

    static Task ReplyAsync(HttpContext context, ReceiverFault fault)
    {
        context.Response.StatusCode = fault.Status!.Value;
        if (fault.RetryAfter is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (fault.Status is < 400)
            context.Response.Headers.Location = "/webhook/redirected";
        return context.Response.WriteAsync("""{"ok":false,"description":"as the fault board wants"}""");
    }

    static async Task WriteWithoutEndAsync(HttpContext context)
    {
        var part = Encoding.ASCII.GetBytes(new string('.', 16 * 1024));
        while (!context.RequestAborted.IsCancellationRequested)
            await context.Response.Body.WriteAsync(part, context.RequestAborted);
    }

    static bool IsSigned(HttpContext context, string body)
    {
        try
        {
            // By the sender's own clock: a demonstration's may stand still.
            var (id, time) = (context.Request.Headers["webhook-id"].ToString(), context.Request.Headers["webhook-timestamp"].ToString());
            var own = new StandardWebhook(Secret).Sign(id,
                DateTimeOffset.FromUnixTimeSeconds(long.Parse(time, CultureInfo.InvariantCulture)), body);
            return context.Request.Headers["webhook-signature"].ToString().Split(' ').Contains(own);
        }
        catch (Exception fault) when (fault is WebhookVerificationException or FormatException)
        {
            return false;
        }
    }

    static string Name(HttpContext context) => (string)context.GetRouteValue("name")!;

    static string Text(JsonElement body, string name) => body.GetProperty(name).GetString()!;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        toGateway.Dispose();
    }
}
