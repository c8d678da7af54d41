using System.Diagnostics.Metrics;

namespace Alerts.SharedData;

/// <summary>Instruments of the shared product data, meter <see cref="MeterName"/>.</summary>
public sealed class SharedDataMetrics
{
    public const string MeterName = "Alerts.SharedData";

    readonly Counter<long> rows;
    readonly Histogram<double> duration;
    readonly Histogram<double> lag;
    readonly Counter<long> failures;
    readonly Counter<long> published;
    readonly Counter<long> deleted;

    public SharedDataMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        rows = meter.CreateCounter<long>("alerts.shared_data.rows", "{row}",
            "Listings of acknowledged deliveries, which are all in the shared database");
        duration = meter.CreateHistogram<double>("alerts.shared_data.flush.duration", "s",
            "Time to write one transaction, including failed attempts");
        lag = meter.CreateHistogram<double>("alerts.shared_data.lag", "s",
            "Time from eBay's answer until its listings are in the shared database, for the oldest of a delivery");
        failures = meter.CreateCounter<long>("alerts.shared_data.failures", "{attempt}", "Failed attempts to write to the shared database");
        published = meter.CreateCounter<long>("alerts.shared_data.told", "{event}",
            "Publications of users' queries written to the shared database");
        deleted = meter.CreateCounter<long>("alerts.shared_data.deleted", "{row}", "Rows deleted because they were too old");
        // Published as zero at the start: otherwise an alert rule would not see the first one as a rise.
        failures.Add(0);
    }

    public void Flushed(TimeSpan took) => duration.Record(took.TotalSeconds);

    /// <summary>A delivery was written. <paramref name="late"/> is the time since eBay's answer for its oldest row.</summary>
    public void Written(int count, TimeSpan late)
    {
        rows.Add(count);
        lag.Record(late.TotalSeconds);
    }

    public void Failed() => failures.Add(1);

    /// <summary>Users' queries were written.</summary>
    public void Published(int count) => published.Add(count);

    public void Deleted(int count) => deleted.Add(count);
}
