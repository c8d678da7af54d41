using System.Diagnostics.Metrics;
using Alerts.Mail.Smtp;
using Alerts.Outbox;

namespace Alerts.Mail;

/// <summary>Metrics about the mails, of the meter <see cref="MeterName"/>.</summary>
public sealed class MailMetrics
{
    public const string MeterName = "Alerts.Email";

    readonly Counter<long> attempts;
    readonly Counter<long> givenUp;
    readonly Counter<long> unrecorded;
    readonly Counter<long> senderRefused;
    readonly Histogram<double> sendTime;
    readonly Histogram<double> outboxAge;

    public MailMetrics(IMeterFactory meters, SmtpConnectionPool connections)
    {
        var meter = meters.Create(MeterName);
        attempts = meter.CreateCounter<long>("alerts.mail.attempts", "{mail}",
            "Attempts to send a mail, by result: accepted, deferred, refused, or withdrawn before it was sent.");
        givenUp = meter.CreateCounter<long>("alerts.mail.given_up", "{mail}",
            "Mails given up: refused permanently, deferred for a day, or not composed for half an hour.");
        unrecorded = meter.CreateCounter<long>("alerts.mail.unrecorded", "{mail}",
            "Mails that the server accepted and that could not be recorded in the delivery log.");
        senderRefused = meter.CreateCounter<long>(
            "alerts.mail.sender_refused", "{mail}",
                "Mails that wait because the server refuses this service: relay, SPF, a block list, a policy.");
        sendTime = meter.CreateHistogram<double>("alerts.mail.send.duration", "s",
            "Time from asking for a connection to the server's answer.");
        outboxAge = meter.CreateHistogram<double>("alerts.mail.outbox.age", "s",
            "Age of a mail at each attempt, by result. While the server is away, the age of deferred mails grows.");
        meter.CreateObservableGauge("alerts.mail.waiting", () => connections.Waiting, "{mail}", "Mails waiting for a connection.");
        meter.CreateObservableGauge("alerts.mail.connections", () => connections.Open, "{connection}", "Connections to the SMTP server.");
        // Published as zero at the start: otherwise an alert rule would not see the first one as a rise.
        givenUp.Add(0);
        unrecorded.Add(0);
        senderRefused.Add(0);
    }

    /// <summary>The name of a result in metrics and traces.</summary>
    public static string NameOf(DeliveryResult result) =>
        result switch { DeliveryResult.Accepted => "accepted", DeliveryResult.Deferred => "deferred",
            DeliveryResult.Withdrawn => "withdrawn", _ => "refused" };

    /// <summary>
    /// An attempt ended. <paramref name="took"/> includes the waiting; <paramref name="age"/> is the time since the mail was made.
    /// </summary>
    public void Attempted(DeliveryResult result, TimeSpan took, TimeSpan age)
    {
        var name = new KeyValuePair<string, object?>("result", NameOf(result));
        attempts.Add(1, name);
        sendTime.Record(took.TotalSeconds, name);
        outboxAge.Record(age.TotalSeconds, name);
    }

    /// <summary>A mail will not be tried again.</summary>
    public void GaveUp() => givenUp.Add(1);

    /// <summary>The server refused the sender.</summary>
    public void SenderRefused() => senderRefused.Add(1);

    public void LeftUnrecorded() => unrecorded.Add(1);
}
