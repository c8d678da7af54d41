using System.Globalization;
using System.Text;
using System.Text.Json;
using Alerts.Demo.Faults;
using Alerts.Demo.Loopback;

namespace Alerts.Demo.Receivers;

/// <summary>The page of all receivers: what to enter as a channel, what came, and the faults.</summary>
static class ReceiverPages
{
    const int MaxShown = 50;
    static readonly JsonSerializerOptions indented = new(FaultEndpoints.Json) { WriteIndented = true };

    static readonly (string, ReceiverFault)[] presets =
    [
        ("All answer 503", ReceiverFault.Reply(503)),
            ("Webhook says 429, wait an hour", ReceiverFault.Reply(429, ReceiverKind.Webhook, 3600)),
        ("Discord is gone (404)", ReceiverFault.Reply(404, ReceiverKind.Discord)),
            ("Slack redirects", ReceiverFault.Reply(302, ReceiverKind.Slack)),
        ("ntfy is silent", new ReceiverFault { Fault = ReceiverFaultKind.Silence, Kind = ReceiverKind.Ntfy }),
        ("Telegram's bot is blocked (403)", ReceiverFault.Reply(403, ReceiverKind.Telegram)),
        ("The browser has unsubscribed (410)", ReceiverFault.Reply(410, ReceiverKind.WebPush)),
    ];

    static string SubscriptionOf(ReceiversServer server) => JsonSerializer.Serialize(new
    {
        kind = "webPush", url = server.UrlOf(ReceiverKind.WebPush, "ann"), keys = new { p256dh = PushBrowser.P256dh, auth = PushBrowser.Auth },
    });

    public static Task WriteAsync(HttpContext context, ReceiversServer server)
    {
        var html = new StringBuilder(Page.Top("Receivers", "Stand-ins for where alerts go besides mail. Enter these addresses as channels."));
        html.Append("<section><h2>Addresses</h2><table>");
        foreach (var kind in (ReceiverKind[])[ReceiverKind.Webhook, ReceiverKind.Ntfy, ReceiverKind.Discord, ReceiverKind.Slack])
            html.Append(CultureInfo.InvariantCulture, $"""<tr><td>{kind}</td><td class="mono">{Page.Encode(server.UrlOf(kind, "ann"))}</td></tr>""");
        html.Append(CultureInfo.InvariantCulture, $"""
            <tr><td>Webhook's secret</td><td class="mono">{ReceiversServer.Secret}</td></tr></table>
            <h2>Web Push</h2><p>The settings page subscribes a real browser. This stand-in is a channel by the API alone:</p>
            <pre class="mono">{Page.Encode(SubscriptionOf(server))}</pre>
            <h2>Telegram</h2><form method="post" action="/demo/start" class="row">
            <input type="text" name="name" value="Ann" aria-label="Name of the chat">
                <input type="text" name="link" placeholder="the start link" aria-label="Start link">
            <button>Open the chat</button></form></section><section><h2>Faults</h2>
            """);
        html.Append(FaultPanel.Html(server.Faults, "to", presets)).Append("</section><section><h2>Messages</h2>");
        foreach (var message in server.Messages.Reverse().Take(MaxShown))
        {
            var signed = message.Kind is ReceiverKind.Webhook or ReceiverKind.WebPush ? message.IsSigned ? ", signed" : ", signature NOT good" : "";
            html.Append(CultureInfo.InvariantCulture, $"""
                <details open><summary>{message.Kind} {Page.Encode(message.To)}, {message.At:HH:mm:ss}{signed}</summary>
                <pre class="mono">{Page.Encode(JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(message.Body),
                    indented))}</pre></details>
                """);
        }

        return Page.WriteAsync(context, "Receivers", html.Append("</section>").ToString());
    }
}
