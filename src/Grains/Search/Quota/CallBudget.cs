using System.Collections.Immutable;
using Alerts.Cluster;
using Alerts.Configuration;
using Alerts.Search.Ebay;
using Alerts.Search.Ebay.Answers;
using Alerts.Search.Quota;
using Microsoft.Extensions.Options;
using Orleans.Providers;

// This type travels between silos of two releases by its full name, so its namespace does not follow the folder.
namespace Alerts.Search;

/// <summary>
/// This silo's part of the day's calls. Calls are taken from a lease in memory. The one <see cref="IQuotaGrain"/> is asked once in a
/// reminder period, or when the lease is used up.
/// </summary>
public sealed class CallBudget(IGrainFactory grains, IOptions<EbayOptions> ebay, IOptions<AlertsOptions> options, ILocalSiloDetails local,
    TimeProvider clock)
    : IQuotaObserver, IControllable, IDisposable
{
    /// <summary>The management grain finds this object by this name.</summary>
    public const string ProviderName = "call-budget";

    /// <summary>Searches that <see cref="DearestAsync"/> returns at most.</summary>
    public const int MaxDearest = 200;

    const int AskLease = 0;
    const int AskDearest = 1;

    readonly string silo = Guid.NewGuid().ToString("N");
    readonly SemaphoreSlim asking = new(1);
    readonly WaitingLine line = new();
    readonly DemandSums demand = new(options.Value.ReminderPeriod);
    readonly Lock gate = new();
    QuotaLease? lease;
    IQuotaObserver? observer;
    int calls;

    /// <summary>Whether one of this silo's calls probes if eBay accepts calls again. Later leases without calls do not end that.</summary>
    bool isProbing;

    DateTimeOffset? closedUntil;

    /// <summary>
    /// The grain has no calls until these moments: for polls, and for searches that a person waits for. Each lease sets them again.
    /// </summary>
    DateTimeOffset noPollsUntil, noUrgentUntil;

    IQuotaGrain Quota => grains.GetGrain<IQuotaGrain>(ebay.Value.ClientId);

    /// <summary>The last lease; null before the first. Its pace is valid until the next one.</summary>
    public QuotaLease? Lease => lease;

    /// <summary>The newest lease of all silos; null when none has asked for calls yet.</summary>
    public static async Task<QuotaLease?> NewestLeaseAsync(IGrainFactory grains)
    {
        var leases = await AllSilos.AskAsync<CallBudget>(grains, ProviderName, AskLease);
        return leases.OfType<QuotaLease>().MaxBy(lease => lease.EndsAt);
    }

    /// <summary>The searches of all silos that cost the most calls, most expensive first. Silos of an older release report none.</summary>
    public static async Task<IReadOnlyList<SearchCost>> DearestAsync(IGrainFactory grains, int limit)
    {
        var costs = await AllSilos.AskAsync<CallBudget>(grains, ProviderName, AskDearest);
        return [.. Dearest(costs.OfType<SearchCost[]>().SelectMany(silo => silo)).DistinctBy(cost => cost.Query).Take(limit)];
    }

    /// <summary>Until when the circuit is open; null while eBay accepts calls.</summary>
    public DateTimeOffset? ClosedUntil => closedUntil > clock.GetUtcNow() ? closedUntil : null;

    /// <summary>Until when there is no call, as far as this silo knows without asking; null when there may be one.</summary>
    /// <param name="isUrgent">Whether a person waits for the call.</param>
    public DateTimeOffset? NoCallUntil(bool isUrgent)
    {
        if (ClosedUntil is { } until)
            return until;
        lock (gate)
        {
            var none = isUrgent ? noUrgentUntil : noPollsUntil;
            return calls == 0 && clock.GetUtcNow() < none ? none : null;
        }
    }

    /// <summary>Why there was no call.</summary>
    /// <param name="isUrgent">Whether a person waits for the call.</param>
    public EbayAnswer.NotAsked WhyNot(bool isUrgent) => ClosedUntil is { } until
        ? new("eBay asked to be left alone for a while.", until, IsCircuitOpen: true)
        : new("Today's calls to eBay are used up.", NoCallUntil(isUrgent), IsCircuitOpen: false);

    /// <summary>Called by the management grain.</summary>
    Task<object?> IControllable.ExecuteCommand(int command, object? arg) => Task.FromResult<object?>(
        command is AskDearest ? Dearest(demand.PlansAt(clock.GetUtcNow()).Select(CostOf)).Take(MaxDearest).ToArray() : lease);

    /// <summary>Adds a search's plan to the silo's demand; null when the search leaves the silo.</summary>
    public void Report(string query, PollPlan? plan)
    {
        if (plan is null)
        {
            demand.Forget(query);
            line.Leave(query);
        }
        else
            demand.Report(query, plan, clock.GetUtcNow());
    }

    /// <summary>Whether the search may take a call for a poll before other waiting searches. If not, it joins them.</summary>
    public bool IsTurnOf(string query, PollPlan plan)
    {
        if (line.IsTurn(plan.WaitingSince))
            return true;
        Wait(query, plan);
        return false;
    }

    /// <summary>The search got no call and waits for one.</summary>
    public void Wait(string query, PollPlan plan) => line.Join(query, plan.WaitingSince, clock.GetUtcNow() + 2 * plan.AskInterval);

    /// <summary>The search got its call and no longer waits.</summary>
    public void Served(string query) => line.Leave(query);

    /// <summary>Takes one call. False when the circuit is open or the day's calls are used up: then no call may be made.</summary>
    /// <param name="isUrgent">Whether a person waits for the call.</param>
    public async Task<bool> TryTakeAsync(bool isUrgent)
    {
        if (TryTake())
            return true;
        if (NoCallUntil(isUrgent) is not null)
            return false;
        await asking.WaitAsync();
        try
        {
            if (TryTake())
                return true;
            if (NoCallUntil(isUrgent) is not null)
                return false;
            await Task.Run(() => RenewAsync(isUrgent ? 1 : 0));
            return TryTake();
        }
        finally
        {
            asking.Release();
        }
    }

    /// <summary>Renews the lease when it is due, to learn the pace of the searches.</summary>
    public async Task RefreshAsync()
    {
        if (lease is { } current && clock.GetUtcNow() < current.EndsAt)
            return;
        await asking.WaitAsync();
        try
        {
            if (!(lease is { } latest && clock.GetUtcNow() < latest.EndsAt))
                await Task.Run(() => RenewAsync(urgent: 0));
        }
        finally
        {
            asking.Release();
        }
    }

    public Task RefusedAsync(TimeSpan? retryAfter)
    {
        isProbing = false;
        closedUntil = clock.GetUtcNow() + QuotaLedger.FirstPause; // at once here; the grain says how long, to all
        return Quota.RefusedAsync(retryAfter);
    }

    /// <summary>eBay accepted a call.</summary>
    public Task AcceptedAsync() => isProbing ? Quota.AcceptedAsync() : Task.CompletedTask;

    public Task CircuitChangedAsync(DateTimeOffset? openUntil)
    {
        closedUntil = openUntil;
        isProbing &= openUntil is not null;
        return Task.CompletedTask;
    }

    public void Dispose() => asking.Dispose();

    SearchCost CostOf((string Query, PollPlan Plan) search)
    {
        var interval = IntervalReason.Shown(search.Plan, lease);
        var between = interval > search.Plan.AskInterval ? interval : search.Plan.AskInterval;
        return new SearchCost
        {
            Query = search.Query, Interval = between, CallsPerDay = search.Plan.MeanCalls * (TimeSpan.FromDays(1) / between),
                FetchedAt = search.Plan.FetchedAt,
        };
    }

    static IEnumerable<SearchCost> Dearest(IEnumerable<SearchCost> costs) =>
        costs.OrderByDescending(cost => cost.CallsPerDay).ThenBy(cost => cost.Query, StringComparer.Ordinal);

    bool TryTake()
    {
        lock (gate)
        {
            if (calls == 0 || ClosedUntil is not null || !(clock.GetUtcNow() < lease?.EndsAt))
                return false;
            calls--;
            return true;
        }
    }

    /// <summary>Runs on the thread pool, outside any grain: a grain cannot be an observer.</summary>
    async Task RenewAsync(int urgent)
    {
        observer ??= grains.CreateObjectReference<IQuotaObserver>(this);
        int unspent;
        lock (gate)
            (unspent, calls) = (calls, 0);
        var now = clock.GetUtcNow();
        var wishes = demand.At(now);
        var renewed = await Quota.LeaseAsync(
            new QuotaRequest
            {
                Silo = silo, Wanted = Wanted(wishes, unspent), Urgent = urgent, Unspent = unspent, LeasedFor = lease?.DayEndsAt,
                    Demand = wishes, Address = local.SiloAddress,
            },
            observer);
        lock (gate)
        {
            (lease, calls, closedUntil, isProbing) = (renewed, renewed.Calls, renewed.ClosedUntil, isProbing || renewed.IsProbe);
            noPollsUntil = renewed.NoPollsUntil ?? now;
            noUrgentUntil = renewed.NoUrgentUntil ?? now;
        }

        line.Share(renewed.Left + renewed.Calls, now);
    }

    /// <summary>
    /// The calls that the silo's searches will make in a reminder period at the lease's pace; at least 1 when no call is left.
    /// </summary>
    int Wanted(ImmutableArray<QuotaDemand> wishes, int unspent)
    {
        var pace = lease?.Pace ?? 0;
        var perSecond = wishes.Sum(one => Math.Min(one.Searches / one.Interval.TotalSeconds, pace * one.Shares));
        return Math.Max(unspent > 0 ? 0 : 1, (int)Math.Ceiling(perSecond * options.Value.ReminderPeriod.TotalSeconds));
    }
}
