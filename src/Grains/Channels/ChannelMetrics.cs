using System.Diagnostics.Metrics;
using Alerts.Mail;
using Alerts.Outbox;
using Alerts.Users.Channels;

namespace Alerts.Channels;

/// <summary>Metrics about the channels beside mail.</summary>
public sealed class ChannelMetrics
{
    public const string MeterName = "Alerts.Channels";

    readonly Counter<long> attempts;
    readonly Counter<long> unrecorded;
    readonly Histogram<double> age;

    public ChannelMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        attempts = meter.CreateCounter<long>("alerts.channels.attempts", "{message}",
            "Attempts to send a message to a channel, by kind and result.");
        unrecorded = meter.CreateCounter<long>("alerts.channels.unrecorded", "{message}",
            "Messages that were taken and could not be recorded in the delivery log.");
        age = meter.CreateHistogram<double>("alerts.channels.outbox.age", "s", "Age of a message when it was tried, by kind and result.");
        unrecorded.Add(0);
    }

    public void Attempted(ChannelKind kind, DeliveryResult result, TimeSpan made)
    {
        KeyValuePair<string, object?>[] tags = [new("channel", kind.ToString().ToLowerInvariant()),
            new("result", MailMetrics.NameOf(result))];
        attempts.Add(1, tags);
        age.Record(made.TotalSeconds, tags);
    }

    public void LeftUnrecorded() => unrecorded.Add(1);
}
