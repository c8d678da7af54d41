using System.Collections.Concurrent;
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
public sealed class CallBudget(IGrainFactory grains, IOptions<EbayOptions> ebay, IOptions<AlertsOptions> options, TimeProvider clock) : IQuotaObserver, IControllable, IDisposable
{
    /// <summary>The name under which the management grain finds it.</summary>
    public const string ProviderName = "call-budget";

    readonly string silo = Guid.NewGuid().ToString("N");
    readonly SemaphoreSlim asking = new(1);
    readonly ConcurrentDictionary<string, (PollPlan Plan, DateTimeOffset AskedAt)> searches = new();
    readonly Lock gate = new();
    QuotaLease? lease;
    IQuotaObserver? ear;
    int calls;

    /// <summary>Whether one of this silo's calls is to find out if eBay takes calls again. Later leases, which give none, do not end that.</summary>
    bool isProbing;

    DateTimeOffset? closedUntil;

    IQuotaGrain Quota => grains.GetGrain<IQuotaGrain>(ebay.Value.ClientId);

    /// <summary>The last lease; null before the first. Its pace holds until the next.</summary>
    public QuotaLease? Lease => lease;

    /// <summary>The newest lease of all silos of a cluster; null when none has asked for calls yet.</summary>
    public static async Task<QuotaLease?> NewestLeaseAsync(IGrainFactory grains)
    {
        var leases = await grains.GetGrain<IManagementGrain>(0).SendControlCommandToProvider<CallBudget>(ProviderName, command: 0);
        return leases.OfType<QuotaLease>().MaxBy(lease => lease.EndsAt);
    }

    /// <summary>Until when eBay is left alone; null while it takes calls.</summary>
    public DateTimeOffset? ClosedUntil => closedUntil > clock.GetUtcNow() ? closedUntil : null;

    /// <summary>The management grain's question; there is only one, so its number does not matter.</summary>
    Task<object?> IControllable.ExecuteCommand(int command, object? arg) => Task.FromResult<object?>(lease);

    /// <summary>Enters what a search is asked for into the silo's demand; null when the search leaves the silo.</summary>
    public void Report(string query, PollPlan? plan)
    {
        if (plan is null)
            searches.TryRemove(query, out _);
        else
            searches[query] = (plan, clock.GetUtcNow());
    }

    /// <summary>Takes one call. False when eBay is to be left alone or the day's calls are used up: then none may be made.</summary>
    /// <param name="isUrgent">Whether somebody waits for it.</param>
    public async Task<bool> TryTakeAsync(bool isUrgent)
    {
        if (TryTake())
            return true;
        await asking.WaitAsync();
        try
        {
            if (TryTake())
                return true;
            if (ClosedUntil is not null)
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
    public Task TapTurnedAsync(DateTimeOffset? closedUntil)
    {
        this.closedUntil = closedUntil;
        isProbing &= closedUntil is not null;
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public void Dispose() => asking.Dispose();

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
        ear ??= grains.CreateObjectReference<IQuotaObserver>(this);
        int unspent;
        lock (gate)
            (unspent, calls) = (calls, 0);
        var demand = Demand();
        var renewed = await Quota.LeaseAsync(
            new QuotaRequest { Silo = silo, Wanted = Wanted(demand, unspent), Urgent = urgent, Unspent = unspent, LeasedFor = lease?.DayEndsAt, Demand = demand },
            ear);
        lock (gate)
            (lease, calls, closedUntil, isProbing) = (renewed, renewed.Calls, renewed.ClosedUntil, isProbing || renewed.IsProbe);
    }

    /// <summary>The calls the silo's searches will make in a reminder period, at the pace of the last lease, or 1 more than were left when those ran out.</summary>
    int Wanted(ImmutableArray<QuotaDemand> demand, int unspent)
    {
        var pace = lease?.Pace ?? 0;
        var perSecond = demand.Sum(one => Math.Min(one.Searches / one.Interval.TotalSeconds, pace * one.Shares));
        return Math.Max(unspent > 0 ? 0 : 1, (int)Math.Ceiling(perSecond * options.Value.ReminderPeriod.TotalSeconds));
    }

    /// <summary>The searches asked for lately, summed by the power of two their interval lies under.</summary>
    ImmutableArray<QuotaDemand> Demand()
    {
        var now = clock.GetUtcNow();
        foreach (var search in searches)
        {
            if (now - search.Value.AskedAt > search.Value.Plan.ForgottenAfter)
                searches.TryRemove(search);
        }

        return [.. searches.Values
            .GroupBy(search => (int)Math.Log2(search.Plan.AskInterval.TotalSeconds))
            .Select(group => new QuotaDemand(
                TimeSpan.FromSeconds(group.Count() / group.Sum(search => 1 / search.Plan.AskInterval.TotalSeconds)),
                group.Count(),
                group.Sum(search => search.Plan.Share)))];
    }
}
