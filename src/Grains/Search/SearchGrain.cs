using Alerts.Configuration;
using Alerts.Search.Ebay;
using Alerts.Search.Ebay.Answers;
using Alerts.Search.Quota;
using Alerts.SharedData.Products;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Providers;
using Orleans.Storage;

namespace Alerts.Search;

/// <summary>
/// One query, shared by all its users. Calls are handled one after the other: the first in a window asks eBay, and those behind it get the
/// same answer. The snapshot is in memory only: eBay can be asked again. While calls are scarce, the moment of the last call is stored. So
/// a restart costs no call, and searches keep their places in the order. The grain stays in memory until that moment is of no use, and
/// deletes it when it leaves.
/// </summary>
public sealed partial class SearchGrain : Grain, ISearchGrain
{
    /// <summary>If two fetches lie at least this many windows apart, the moment is stored.</summary>
    const int DurableWindows = 5;

    /// <summary>A search with too many matches will not have fewer soon.</summary>
    static readonly TimeSpan tooLargePause = TimeSpan.FromHours(1);

    readonly EbaySearch ebay;
    readonly CallBudget budget;
    readonly AlertsOptions options;
    readonly ProductStream products;
    readonly SearchMetrics metrics;
    readonly TimeProvider clock;
    readonly ILogger<SearchGrain> logger;
    readonly SearchRow row;
    readonly string key;
    readonly SearchQuery query;
    readonly ListingPages pages = new();
    readonly NeededPages needed = new();

    PollPlan plan;
    SearchSnapshot? snapshot;

    /// <summary>Why the last attempt gave no answer; null when it did.</summary>
    EbayAnswer? failure;

    /// <summary>How many calls failed in a row.</summary>
    int failures;

    /// <summary>When the last call failed, and eBay's <c>Retry-After</c>; null when it did not fail.</summary>
    (DateTimeOffset At, TimeSpan? RetryAfter)? failed;

    /// <summary>The publication of the last result to the shared data; it never throws.</summary>
    Task publishing = Task.CompletedTask;

    public SearchGrain(
        [FromKeyedServices(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME)] IGrainStorage storage,
        EbaySearch ebay,
        CallBudget budget,
        IOptions<AlertsOptions> options,
        ProductStream products,
        SearchMetrics metrics,
        TimeProvider clock,
        ILogger<SearchGrain> logger)
    {
        (this.ebay, this.budget, this.options, this.products) = (ebay, budget, options.Value, products);
        (this.metrics, this.clock, this.logger) = (metrics, clock, logger);
        key = this.GetPrimaryKeyString();
        query = SearchQuery.Parse(key);
        row = new SearchRow(storage, this.GetGrainId());
        plan = PollPlan.New(Window);
    }

    TimeSpan Window => options.ReminderPeriod;

    double Pace => budget.Lease?.Pace ?? double.PositiveInfinity;

    /// <summary>
    /// When to try again after a fault. By the present pace: at the end of a day there is none, and after it another one.
    /// </summary>
    DateTimeOffset RetryAt => failed is var (at, retryAfter)
        ? SearchWindow.NextFetchAfterFailure(at, failures, Window, plan.Interval(Pace), retryAfter)
        : DateTimeOffset.MinValue;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await row.ReadAsync();
        // A row from long before a restart is no better than no row.
        if (row.Plan is { } stored && stored.UsefulUntil > clock.GetUtcNow())
            plan = stored with { Window = Window };
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        budget.Report(key, null);
        await publishing;
        if (reason.ReasonCode is DeactivationReasonCode.ActivationIdle)
            await ClearAsync();
    }

    public async Task<SearchAnswer> GetAsync(
        long knownVersion, int askers = 1, bool isWaitedFor = false, double parts = 1, WatchedPages pages = WatchedPages.None)
    {
        var now = clock.GetUtcNow();
        needed.Asked(pages, now);
        plan = plan.Asked(now, askers, parts);
        budget.Report(key, plan);
        await RenewPaceAsync();
        var isUrgent = isWaitedFor && !(snapshot is { } known && Freshness.IsCurrent(known.FetchedAt, now));
        if (now >= RetryAt && (isUrgent || now >= plan.NextFetch(Pace, key)))
        {
            if (budget.NoCallUntil(isUrgent) is not null)
                await NotAskedAsync(budget.WhyNot(isUrgent));
            else if (isUrgent || budget.IsTurnOf(key, plan))
                await FetchAsync(isUrgent);
        }

        if (row.Exists)
            DelayDeactivation(plan.UsefulUntil - now);
        return failure is not null || snapshot is null ? Answer() with { Snapshot = null }
            : snapshot.Version == knownVersion ? Answer() with { Snapshot = null, Head = snapshot with { Listings = [], Newest = [] } }
            : Answer();
    }

    public async Task<SearchAnswer> RefreshAsync(double parts, WatchedPages pages)
    {
        var now = clock.GetUtcNow();
        needed.Asked(pages, now);
        plan = plan.Asked(now, parts: parts);
        budget.Report(key, plan);
        await RenewPaceAsync();
        var isOfWindow = snapshot is { } known && now < SearchWindow.NextFetch(known.FetchedAt, Window);
        if (!isOfWindow && now >= RetryAt && budget.NoCallUntil(isUrgent: false) is null)
            await FetchAsync(isUrgent: false);
        return failure is null ? Answer() : Answer() with { Snapshot = null };
    }

    public Task<SearchAnswer> PeekAsync() => Task.FromResult(Answer());

    SearchAnswer Answer() => new()
    {
        Snapshot = snapshot,
        FetchedAt = snapshot?.FetchedAt ?? plan.FetchedAt,
        Failure = failure?.Why,
        IsUnaffordable = failure is EbayAnswer.NotAsked,
        IsTooLarge = failure is EbayAnswer.TooLarge,
        NextFetch = NextFetch(),
        Interval = IntervalReason.Shown(plan, budget.Lease),
        IntervalReason = IntervalReason.Of(plan, budget.Lease, budget.ClosedUntil),
        Pace = IntervalReason.PaceOf(plan, budget.Lease),
    };

    /// <summary>The moment from which eBay may be asked; null for at once.</summary>
    DateTimeOffset? NextFetch()
    {
        var next = new[] { plan.NextFetch(IntervalReason.ShownPace(budget.Lease), key), RetryAt, budget.NoCallUntil(isUrgent: false)
            ?? DateTimeOffset.MinValue }.Max();
        return next == DateTimeOffset.MinValue ? null : next;
    }

    /// <summary>Asks eBay for one page by price, or for the newest in up to three pages. Any fault leads to a back-off.</summary>
    async Task FetchAsync(bool isUrgent)
    {
        var start = clock.GetTimestamp();
        EbayAnswer answer;
        var calls = 0;
        pages.Needed = needed.At(clock.GetUtcNow());
        var isByPrice = pages.Next is EbayOrder.Price;
        try
        {
            (answer, calls) = isByPrice ? await ReadCheapestAsync(isUrgent) : await ReadNewestAsync();
        }
        catch (Exception fault)
        {
            answer = new EbayAnswer.Failed("The search failed.", Fault: fault);
        }

        metrics.Asked(answer, clock.GetElapsedTime(start));
        switch (answer)
        {
            case EbayAnswer.Found:
                await FoundAsync(calls, isByPrice);
                break;
            case EbayAnswer.NotAsked notAsked:
                await NotAskedAsync(notAsked);
                break;
            case EbayAnswer.TooLarge:
                Failed(answer, tooLargePause, fault: null);
                break;
            case EbayAnswer.Failed { RetryAfter: var retryAfter, Fault: var fault }:
                Failed(answer, retryAfter, fault);
                break;
        }
    }

    async Task FoundAsync(int calls, bool isByPrice)
    {
        var found = pages.Snapshot()!;
        plan = plan.Fetched(clock.GetUtcNow(), isChanged: snapshot is not null && snapshot.Version != found.Version, calls);
        (snapshot, failure, failures, failed) = (found, null, 0, null);
        budget.Report(key, plan);
        budget.Served(key);
        await StoreAsync();
        if (!isByPrice)
            return;
        // The users do not wait for the shared data: its stream may be on a silo that was just lost. The next result waits for it.
        await publishing;
        publishing = PublishAsync(found);
    }

    async Task<(EbayAnswer Answer, int Calls)> ReadCheapestAsync(bool isUrgent)
    {
        var answer = await ebay.FindAsync(query, EbayOrder.Price, page: 0, isUrgent, CancellationToken.None);
        if (answer is EbayAnswer.Found { Page: var page })
            pages.Take(page, clock.GetUtcNow());
        return (answer, 1);
    }

    /// <summary>A later page that fails leaves the pages before it; the reading itself says how far it went.</summary>
    async Task<(EbayAnswer Answer, int Calls)> ReadNewestAsync()
    {
        var reading = pages.ReadNewest(clock.GetUtcNow());
        EbayAnswer answer;
        do
        {
            answer = await ebay.FindAsync(query, EbayOrder.NewlyListed, reading.Pages, isUrgent: false, CancellationToken.None);
            if (answer is not EbayAnswer.Found { Page: var page })
                break;
            reading.Add(page);
        }
        while (!reading.IsDone);
        if (reading.Pages == 0)
            return (answer, 1);
        pages.Take(reading, clock.GetUtcNow());
        return (new EbayAnswer.Found(new EbayPage([], 0, 0)), reading.Pages);
    }

    /// <summary>
    /// No call was made. If other searches had their turn first, that is no fault as long as there is something to show; an open circuit is
    /// a fault. A search without any answer stores its place in the order, to keep it over a restart.
    /// </summary>
    async Task NotAskedAsync(EbayAnswer.NotAsked answer)
    {
        if (answer.IsCircuitOpen)
            (failure, failed) = (answer, (clock.GetUtcNow(), answer.Until - clock.GetUtcNow()));
        else if (snapshot is null)
            failure = answer;
        budget.Wait(key, plan);
        if (plan.FetchedAt is null && !row.Exists)
            await StoreAsync();
    }

    void Failed(EbayAnswer answer, TimeSpan? retryAfter, Exception? fault)
    {
        failure = answer;
        // If our own store fails, no call was made.
        if (fault is not StoreUnavailableException)
            failures++;
        failed = (clock.GetUtcNow(), retryAfter);
        LogFailed(fault, key, answer.Why!);
    }

    /// <summary>If the pace cannot be renewed, the last one stays. Taking a call then reports the fault.</summary>
    async Task RenewPaceAsync()
    {
        try
        {
            await budget.RefreshAsync();
        }
        catch (Exception fault)
        {
            LogNoPace(fault, key);
        }
    }

    /// <summary>If the moment is not stored, a restart costs one call, no more.</summary>
    async Task StoreAsync()
    {
        if (plan.Interval(Pace) < Window * DurableWindows)
            return;
        try
        {
            await row.WriteAsync(plan);
        }
        catch (Exception fault)
        {
            LogNotStored(fault, key);
        }
    }

    /// <summary>
    /// Deletes the row of a search that nobody asks for any more. If that fails, the row stays until somebody asks for the search again.
    /// </summary>
    async Task ClearAsync()
    {
        if (!row.Exists || plan.UsefulUntil > clock.GetUtcNow())
            return;
        try
        {
            await row.ClearAsync();
        }
        catch (Exception fault)
        {
            LogNotCleared(fault, key);
        }
    }

    /// <summary>Publishes the listings to the shared product data. If that fails, the next result brings them again.</summary>
    async Task PublishAsync(SearchSnapshot found)
    {
        try
        {
            if (!await products.PublishAsync(key, found))
                LogPublishRefused(key);
        }
        catch (Exception fault)
        {
            LogPublishFailed(fault, key);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Search {Query} failed: {Reason} The last snapshot stays")]
    partial void LogFailed(Exception? fault, string query, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The pace of search {Query} was not renewed; the last one stays valid")]
    partial void LogNoPace(Exception fault, string query);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The time of search {Query}'s last call to eBay was not stored; after a restart it would call again")]
    partial void LogNotStored(Exception fault, string query);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The row of search {Query}, which nobody asks for any more, was not deleted; it stays until somebody asks again")]
    partial void LogNotCleared(Exception fault, string query);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The result of search {Query} was not published to the shared product data; the next search brings it again")]
    partial void LogPublishFailed(Exception fault, string query);

    [LoggerMessage(Level = LogLevel.Debug,
        Message = "The result of search {Query} was not published to the shared product data, which has no room; the next search brings "
            + "it again")]
    partial void LogPublishRefused(string query);
}
