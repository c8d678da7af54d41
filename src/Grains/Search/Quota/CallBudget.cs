using System.Collections.Immutable;
using Alerts.Configuration;
using Alerts.Search.Ebay;
using Alerts.Search.Quota;
using Microsoft.Extensions.Options;
using Orleans.Providers;

// Orleans sends this type by its name between silos of two releases, so the namespace does not follow the folder.
namespace Alerts.Search;

/// <summary>
/// This silo's part of the day's calls. Calls are taken from a lease in memory; the one <see cref="IQuotaGrain"/> is asked once
/// a reminder period, or when the lease is spent.
/// </summary>
public sealed class CallBudget(IGrainFactory grains, IOptions<EbayOptions> ebay, IOptions<AlertsOptions> options, ILocalSiloDetails local, TimeProvider clock)
    : IQuotaObserver, IControllable, IDisposable
{
    /// <summary>The name under which the management grain finds it.</summary>
    public const string ProviderName = "call-budget";

    /// <summary>The most searches that <see cref="DearestAsync"/> names.</summary>
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

    /// <summary>Whether one of this silo's calls is to find out if eBay takes calls again. Later leases, which give none, do not end that.</summary>
    bool isProbing;

    DateTimeOffset? closedUntil;

    /// <summary>Until when the grain has no calls, for polls and for what a person waits for; each lease says it anew.</summary>
    DateTimeOffset noPollsUntil, noUrgentUntil;

    IQuotaGrain Quota => grains.GetGrain<IQuotaGrain>(ebay.Value.ClientId);

    /// <summary>The last lease; null before the first. Its pace holds until the next.</summary>
    public QuotaLease? Lease => lease;

    /// <summary>The newest lease of all silos of a cluster; null when none has asked for calls yet.</summary>
    public static async Task<QuotaLease?> NewestLeaseAsync(IGrainFactory grains)
    {
        var leases = await grains.GetGrain<IManagementGrain>(0).SendControlCommandToProvider<CallBudget>(ProviderName, AskLease);
        return leases.OfType<QuotaLease>().MaxBy(lease => lease.EndsAt);
    }

    /// <summary>The searches of all silos of a cluster that cost the most calls, the dearest first. Silos of an older release name none.</summary>
    public static async Task<IReadOnlyList<SearchCost>> DearestAsync(IGrainFactory grains, int limit)
    {
        var costs = await grains.GetGrain<IManagementGrain>(0).SendControlCommandToProvider<CallBudget>(ProviderName, AskDearest);
        return [.. Dearest(costs.OfType<SearchCost[]>().SelectMany(silo => silo)).DistinctBy(cost => cost.Query).Take(limit)];
    }

    /// <summary>Until when eBay is left alone; null while it takes calls.</summary>
    public DateTimeOffset? ClosedUntil => closedUntil > clock.GetUtcNow() ? closedUntil : null;

    /// <summary>Until when no call can be had, as this silo knows without asking; null when one may be had.</summary>
    /// <param name="isUrgent">Whether a person waits for it.</param>
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

    /// <summary>Why no call was to be had.</summary>
    /// <param name="isUrgent">Whether a person waits for it.</param>
    public EbayAnswer.NotAsked WhyNot(bool isUrgent) => ClosedUntil is { } until
        ? new("eBay asked to be left alone for a while.", until, IsCircuitOpen: true)
        : new("Today's calls to eBay are used up.", NoCallUntil(isUrgent), IsCircuitOpen: false);

    /// <summary>The management grain's questions.</summary>
    Task<object?> IControllable.ExecuteCommand(int command, object? arg) => Task.FromResult<object?>(
        command is AskDearest ? Dearest(demand.PlansAt(clock.GetUtcNow()).Select(CostOf)).Take(MaxDearest).ToArray() : lease);

    /// <summary>Enters what a search is asked for into the silo's demand; null when the search leaves the silo.</summary>
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

    /// <summary>Whether the search may take a call for a poll before others that wait; if not it joins them.</summary>
    public bool IsTurnOf(string query, PollPlan plan)
    {
        if (line.IsTurn(plan.WaitingSince))
            return true;
        Wait(query, plan);
        return false;
    }

    /// <summary>The search got no call.</summary>
    public void Wait(string query, PollPlan plan) => line.Join(query, plan.WaitingSince, clock.GetUtcNow() + 2 * plan.AskInterval);

    /// <summary>The search got its call.</summary>
    public void Served(string query) => line.Leave(query);

    /// <summary>Takes one call. False when eBay is to be left alone or the day's calls are used up: then none may be made.</summary>
    /// <param name="isUrgent">Whether somebody waits for it.</param>
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

    /// <summary>Renews the lease if its time has come, for the pace of the searches.</summary>
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

    /// <summary>eBay answered 429.</summary>
    public Task RefusedAsync(TimeSpan? retryAfter)
    {
        isProbing = false;
        closedUntil = clock.GetUtcNow() + QuotaLedger.FirstPause; // at once here; the grain says how long, to all
        return Quota.RefusedAsync(retryAfter);
    }

    /// <summary>eBay took a call.</summary>
    public Task AcceptedAsync() => isProbing ? Quota.AcceptedAsync() : Task.CompletedTask;

    /// <inheritdoc />
    public Task CircuitChangedAsync(DateTimeOffset? openUntil)
    {
        closedUntil = openUntil;
        isProbing &= openUntil is not null;
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public void Dispose() => asking.Dispose();

    SearchCost CostOf((string Query, PollPlan Plan) search)
    {
        var interval = IntervalReason.Shown(search.Plan, lease);
        var between = interval > search.Plan.AskInterval ? interval : search.Plan.AskInterval;
        return new SearchCost
        {
            Query = search.Query, Interval = between, CallsPerDay = search.Plan.MeanCalls * (TimeSpan.FromDays(1) / between), FetchedAt = search.Plan.FetchedAt,
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

    /// <summary>Runs on the thread pool, as the silo and not as one of its grains: those cannot be observers.</summary>
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
                Silo = silo, Wanted = Wanted(wishes, unspent), Urgent = urgent, Unspent = unspent, LeasedFor = lease?.DayEndsAt, Demand = wishes, Address = local.SiloAddress,
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

    /// <summary>The calls the silo's searches will make in a reminder period, at the pace of the last lease, or 1 more than were left when those ran out.</summary>
    int Wanted(ImmutableArray<QuotaDemand> wishes, int unspent)
    {
        var pace = lease?.Pace ?? 0;
        var perSecond = wishes.Sum(one => Math.Min(one.Searches / one.Interval.TotalSeconds, pace * one.Shares));
        return Math.Max(unspent > 0 ? 0 : 1, (int)Math.Ceiling(perSecond * options.Value.ReminderPeriod.TotalSeconds));
    }
}
