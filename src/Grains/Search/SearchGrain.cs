using Alerts.Configuration;
using Alerts.Search.Ebay;
using Alerts.Search.Quota;
using Alerts.SharedData.Products;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Alerts.Search;

/// <summary>
/// One distinct search, shared by all its users. Calls come one after the other, so the first in a window asks eBay
/// and those behind it get the same answer: single-flight without a lock. The snapshot lives in memory only: eBay has it again.
/// What is stored, while calls are scarce, is when eBay was last asked, so that a restart costs no calls;
/// the grain stays in memory until that is of no use to anybody, and deletes it when it goes.
/// </summary>
public sealed partial class SearchGrain(
    [PersistentState("search")] IPersistentState<SearchRecord> store,
    EbaySearch ebay,
    CallBudget budget,
    IOptions<AlertsOptions> options,
    ProductStream products,
    SearchMetrics metrics,
    TimeProvider clock,
    ILogger<SearchGrain> logger) : Grain, ISearchGrain
{
    /// <summary>Windows between two fetches from which on the moment is worth a write.</summary>
    const int DurableWindows = 5;

    PollPlan plan = PollPlan.New(AlertsOptions.StandardReminderPeriod);
    SearchSnapshot? snapshot;
    string? failure;

    /// <summary>The last result on its way to the shared data; it never fails.</summary>
    Task publishing = Task.CompletedTask;

    /// <summary>Calls in a row that failed.</summary>
    int failures;

    /// <summary>When the last call failed, and how long eBay then asked to be left alone; null when it did not.</summary>
    (DateTimeOffset At, TimeSpan? RetryAfter)? failed;

    /// <summary>The end of the window in which others had their turn first.</summary>
    DateTimeOffset spentUntil;

    string Query => this.GetPrimaryKeyString();

    TimeSpan Window => options.Value.ReminderPeriod;

    double Pace => budget.Lease?.Pace ?? double.PositiveInfinity;

    DateTimeOffset NextFetch => plan.NextFetch(Pace, Query) is var next && next > RetryAt ? next : RetryAt;

    /// <summary>After a failure, when to try again; at the pace of now, which is none at the end of a day and another after it.</summary>
    DateTimeOffset RetryAt => failed is var (at, retryAfter)
        ? SearchWindow.NextFetchAfterFailure(at, failures, Window, plan.Interval(Pace), retryAfter)
        : spentUntil;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var stored = store.State.Plan;
        // A row that a restart left behind long ago says no more than none would.
        plan = stored?.UsefulUntil > clock.GetUtcNow() ? stored with { Window = Window } : PollPlan.New(Window);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        budget.Report(Query, null);
        await publishing;
        if (reason.ReasonCode is DeactivationReasonCode.ActivationIdle)
            await ClearAsync();
    }

    public async Task<SearchAnswer> GetAsync(long knownVersion, int askers = 1, bool isWaitedFor = false, double parts = 1)
    {
        var now = clock.GetUtcNow();
        plan = plan.Asked(now, askers);
        budget.Report(Query, plan);
        await RenewPaceAsync();
        var isUrgent = knownVersion == 0 && !(snapshot is { } known && Freshness.IsCurrent(known.FetchedAt, now));
        if (now >= RetryAt && (isUrgent || now >= plan.NextFetch(Pace, Query)))
            await FetchAsync(isUrgent);
        if (store.RecordExists)
            DelayDeactivation(plan.UsefulUntil - now);
        return Answer() with { Snapshot = failure is null && snapshot?.Version != knownVersion ? snapshot : null };
    }

    public Task<SearchAnswer> PeekAsync() => Task.FromResult(Answer());

    SearchAnswer Answer()
    {
        var next = NextFetch;
        return new SearchAnswer
        {
            Snapshot = snapshot,
            FetchedAt = snapshot?.FetchedAt ?? plan.FetchedAt,
            Failure = failure,
            NextFetch = next == DateTimeOffset.MinValue ? null : next,
            Interval = plan.Interval(Pace),
            IntervalReason = IntervalReason.Of(plan, budget.Lease, budget.ClosedUntil),
        };
    }

    async Task FetchAsync(bool isUrgent)
    {
        var start = clock.GetTimestamp();
        try
        {
            var (listings, total) = await ebay.FindAsync(Query, isUrgent, CancellationToken.None);
            metrics.Found(clock.GetElapsedTime(start));
            var now = clock.GetUtcNow();
            var found = new SearchSnapshot { Version = SnapshotVersion.Of(listings), FetchedAt = now, Listings = listings, Total = total };
            plan = plan.Fetched(now, isChanged: snapshot is not null && snapshot.Version != found.Version);
            snapshot = found;
            failure = null;
            failures = 0;
            failed = null;
            spentUntil = default;
            budget.Report(Query, plan);
        }
        catch (SearchFailedException fault)
        {
            metrics.Failed(fault, clock.GetElapsedTime(start));
            var isSpent = fault.InnerException is QuotaExhaustedException { IsClosed: false };
            // That others had their turn first is no failure while there is something to show; the next window has other calls.
            failure = isSpent && snapshot is not null ? failure : fault.Message;
            if (fault.InnerException is not (QuotaExhaustedException or StoreUnavailableException))
                failures++;
            failed = isSpent ? null : (clock.GetUtcNow(), fault.RetryAfter);
            spentUntil = isSpent ? SearchWindow.NextFetch(clock.GetUtcNow(), Window) : default;
            LogFailed(fault.InnerException, Query, fault.Message);
            return;
        }

        await StoreAsync();
        // The users who asked do not wait for the shared data, whose stream may be on a silo that was just lost; the next result does.
        await publishing;
        publishing = PublishAsync(snapshot);
    }

    /// <summary>A pace that cannot be renewed leaves the last one; taking a call says what is wrong.</summary>
    async Task RenewPaceAsync()
    {
        try
        {
            await budget.RefreshAsync();
        }
        catch (Exception fault) when (fault is StoreUnavailableException or TimeoutException or OrleansException)
        {
            LogNoPace(fault, Query);
        }
    }

    /// <summary>Losing the moment costs a call after a restart, no more.</summary>
    async Task StoreAsync()
    {
        if (plan.Interval(Pace) < Window * DurableWindows)
            return;
        try
        {
            store.State.Plan = plan;
            await store.WriteStateAsync();
        }
        catch (Exception fault)
        {
            LogNotStored(fault, Query);
        }
    }

    /// <summary>Deletes the row of a search nobody asks for any more. When that fails the row stays until somebody asks again, and stops.</summary>
    async Task ClearAsync()
    {
        if (!store.RecordExists || plan.UsefulUntil > clock.GetUtcNow())
            return;
        try
        {
            await store.ClearStateAsync();
        }
        catch (Exception fault)
        {
            LogNotCleared(fault, Query);
        }
    }

    /// <summary>Hands the listings to the shared product data. Losing them is no harm: the next search brings them again.</summary>
    async Task PublishAsync(SearchSnapshot found)
    {
        try
        {
            if (!await products.PublishAsync(Query, found))
                LogPublishRefused(Query);
        }
        catch (Exception fault)
        {
            LogPublishFailed(fault, Query);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Search {Query} failed: {Reason} What was known stays")]
    partial void LogFailed(Exception? fault, string query, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The pace of search {Query} was not renewed; the last one holds")]
    partial void LogNoPace(Exception fault, string query);

    [LoggerMessage(Level = LogLevel.Warning, Message = "When search {Query} last asked eBay was not stored; a restart would ask again")]
    partial void LogNotStored(Exception fault, string query);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The row of search {Query}, which nobody asks for any more, was not deleted; it stays until somebody asks again")]
    partial void LogNotCleared(Exception fault, string query);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What search {Query} found was not handed to the shared product data; the next search brings it again")]
    partial void LogPublishFailed(Exception fault, string query);

    [LoggerMessage(Level = LogLevel.Debug, Message = "What search {Query} found was not handed to the shared product data, which has no room; the next search brings it again")]
    partial void LogPublishRefused(string query);
}
