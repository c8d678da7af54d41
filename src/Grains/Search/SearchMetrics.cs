using System.Diagnostics.Metrics;
using Alerts.Search.Ebay;
using Alerts.Search.Ebay.Answers;
using Alerts.Search.Quota;

namespace Alerts.Search;

/// <summary>Metrics about the searches, of the meter <see cref="MeterName"/>.</summary>
public sealed class SearchMetrics
{
    public const string MeterName = "Alerts.Search";

    readonly Counter<long> searches;
    readonly Histogram<double> duration;
    readonly Counter<long> answers;

    public SearchMetrics(IMeterFactory meters, CallBudget budget)
    {
        var meter = meters.Create(MeterName);
        searches = meter.CreateCounter<long>("alerts.searches", "{search}",
            "Searches at eBay, by result: found, failed, or unaffordable (no call made).");
        duration = meter.CreateHistogram<double>("alerts.search.duration", "s", "Time of a search at eBay, including retries.");
        answers = meter.CreateCounter<long>(
            "alerts.search.answers", "{answer}",
            "Answers to users' checks, by result: unchanged or snapshot from the silo's own replica, asked for a call of a search's "
            + "grain.");
        meter.CreateObservableGauge("alerts.ebay.calls_left", () => Left(budget), "{call}",
            "Calls left today for the whole cluster, as this silo was last told.");
    }

    /// <summary>A call to eBay ended, or was not made.</summary>
    public void Asked(EbayAnswer answer, TimeSpan took)
    {
        var tag = new KeyValuePair<string, object?>("result", answer switch
        {
            EbayAnswer.Found => "found",
            EbayAnswer.NotAsked => "unaffordable",
            _ => "failed",
        });
        searches.Add(1, tag);
        duration.Record(took.TotalSeconds, tag);
    }

    /// <summary>A user was answered from the silo's replica.</summary>
    public void AnsweredHere(SearchAnswer answer) =>
        answers.Add(1, new KeyValuePair<string, object?>("result", answer.IsUnchanged ? "unchanged" : "snapshot"));

    /// <summary>A search's grain was called; it may be on another silo.</summary>
    public void AskedGrain() => answers.Add(1, new KeyValuePair<string, object?>("result", "asked"));

    static IEnumerable<Measurement<int>> Left(CallBudget budget) => budget.Lease is { } lease ? [new(lease.Left)] : [];
}
