using System.Globalization;

namespace Alerts.Demo;

/// <summary>What a person reads after the start: where everything is, and what to type next.</summary>
static class DemoBanner
{
    /// <summary>The command that enrols somebody at the gateway on this port.</summary>
    public static string Enrol(int gatewayPort) => string.Create(CultureInfo.InvariantCulture,
        $$"""curl -i http://127.0.0.1:{{gatewayPort}}/v1/users -H 'content-type: application/json' -d '{"email":"ann@example.org","frequencyMinutes":2,"searches":[{"phrase":"iphone"}]}'""");

    public static void Print(TextWriter output, DemoApp demo, TimeSpan period)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $$"""

            Alerts is running. Searches are checked every {{period.TotalSeconds:0}} seconds for a frequency of 2 minutes.

              begin here   {{demo.Address}}   say what you look for
              mailbox      {{demo.Mailbox.PageUrl}}   read the mails here
              receivers    {{demo.Receivers.BaseUrl}}   stand-ins for webhooks, ntfy, Discord, Slack, Telegram and Web Push
              API          {{demo.Address}}docs/swagger   try it with the key {{DemoOptions.ApiKey}}
              operators    {{demo.Address}}admin   sign in with the same key
              marketplace  {{demo.Marketplace.BaseUrl}}   a stand-in for eBay, with faults to switch on
              SMTP         127.0.0.1:{{demo.Mailbox.SmtpPort}}

            A program enrols somebody like this:

              {{Enrol(demo.Address.Port)}}

            Ctrl-C stops it; what was enrolled and seen is kept in {{Path.GetFullPath(demo.DataDirectory)}}.
            """));
    }
}
