using System.Diagnostics.Metrics;

namespace Alerts.Email;

/// <summary>What operators see of the mails, as instruments of the meter <see cref="MeterName"/>.</summary>
public sealed class EmailMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Alerts.Email";

    readonly Counter<long> attempts;
    readonly Counter<long> givenUp;
    readonly Counter<long> suppressed;
    readonly Counter<long> unrecorded;
    readonly Histogram<double> sendTime;
    readonly Histogram<double> outboxAge;

    /// <summary>Creates the instruments.</summary>
    public EmailMetrics(IMeterFactory meters, SmtpConnectionPool connections)
    {
        var meter = meters.Create(MeterName);
        attempts = meter.CreateCounter<long>("alerts.mail.attempts", "{mail}", "Attempts to send a mail, by result: accepted, deferred or refused.");
        givenUp = meter.CreateCounter<long>("alerts.mail.given_up", "{mail}", "Mails given up: refused for good, or deferred for a day.");
        suppressed = meter.CreateCounter<long>("alerts.mail.suppressed", "{user}", "Users suppressed because their address is dead.");
        unrecorded = meter.CreateCounter<long>("alerts.mail.unrecorded", "{mail}", "Mails the server took that could not be recorded in the delivery log.");
        sendTime = meter.CreateHistogram<double>("alerts.mail.send.duration", "s", "Time from asking for a connection to the server's answer.");
        outboxAge = meter.CreateHistogram<double>("alerts.mail.outbox.age", "s", "Age of a mail's news when the server took it.");
        meter.CreateObservableGauge("alerts.mail.waiting", () => connections.Waiting, "{mail}", "Mails waiting for a connection.");
        meter.CreateObservableGauge("alerts.mail.connections", () => connections.Open, "{connection}", "Connections to the SMTP server.");
    }

    /// <summary>A result as metrics and traces name it.</summary>
    public static string NameOf(DeliveryResult result) => result switch { DeliveryResult.Accepted => "accepted", DeliveryResult.Deferred => "deferred", _ => "refused" };

    /// <summary>An attempt ended.</summary>
    public void Attempted(DeliveryResult result, TimeSpan took)
    {
        var name = NameOf(result);
        attempts.Add(1, new KeyValuePair<string, object?>("result", name));
        sendTime.Record(took.TotalSeconds, new KeyValuePair<string, object?>("result", name));
    }

    /// <summary>The server took a mail whose news was this old.</summary>
    public void Delivered(TimeSpan age) => outboxAge.Record(age.TotalSeconds);

    /// <summary>A mail will not be tried again.</summary>
    public void GaveUp() => givenUp.Add(1);

    /// <summary>A user's address is dead.</summary>
    public void Suppressed() => suppressed.Add(1);

    /// <summary>An acceptance could not be recorded.</summary>
    public void LeftUnrecorded() => unrecorded.Add(1);
}
