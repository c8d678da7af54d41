using Alerts.Configuration;
using Alerts.Search.Ebay;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Alerts.Search.Quota;

/// <summary>
/// Keeps the ledger of the day's calls. A lease is stored before it is given, so no restart leases a call twice. eBay's own count is read
/// at the start and then every hour.
/// </summary>
public sealed partial class QuotaGrain(
    [PersistentState("quota")] IPersistentState<QuotaRecord> store,
    EbayRateLimits rateLimits,
    IOptions<EbayOptions> ebay,
    IOptions<AlertsOptions> options,
    ISiloStatusOracle membership,
    TimeProvider clock,
    ILogger<QuotaGrain> logger) : Grain, IQuotaGrain
{
    const int MaxChunk = 10_000;

    static readonly TimeSpan readEvery = TimeSpan.FromHours(1);

    readonly QuotaSilos silos = new(options.Value.ReminderPeriod, membership);
    DateTimeOffset readAt = DateTimeOffset.MinValue;

    QuotaLedger Ledger => QuotaLedger.At(store.State.Ledger, ebay.Value.DailyCallBudget, clock.GetUtcNow());

    public async Task<QuotaLease> LeaseAsync(QuotaRequest request, IQuotaObserver observer)
    {
        if (clock.GetUtcNow() - readAt >= readEvery)
            await ReadAsync();
        var now = clock.GetUtcNow();
        silos.Hear(request, observer, now);
        var before = Ledger;
        if (request.LeasedFor is { } day)
            before = before.Returned(request.Unspent, day);
        var (ledger, granted) = before.Lease(Math.Clamp(request.Wanted, 0, MaxChunk), request.Urgent, now);
        await StoreAsync(ledger);
        var renewAt = now + options.Value.ReminderPeriod;
        return new QuotaLease
        {
            Calls = granted,
            EndsAt = renewAt < ledger.EndsAt ? renewAt : ledger.EndsAt,
            DayEndsAt = ledger.EndsAt,
            Pace = ledger.PaceOf([.. silos.Demand], now),
            ClosedUntil = granted > 0 ? null : ledger.ClosedUntil,
            IsProbe = granted > 0 && ledger.IsProbing,
            Limit = ledger.Limit,
            Searches = silos.Searches,
            Left = ledger.Left,
            NoPollsUntil = ledger.NextPollAt(now),
            NoUrgentUntil = ledger.NextUrgentAt(now),
        };
    }

    public async Task RefusedAsync(TimeSpan? retryAfter)
    {
        var ledger = Ledger.Refused(retryAfter, clock.GetUtcNow());
        LogClosed(ledger.ClosedUntil!.Value);
        await NotifyAsync(ledger.ClosedUntil);
        await StoreAsync(ledger);
        readAt = DateTimeOffset.MinValue; // eBay's own count tells whether the day's calls are used up.
    }

    public async Task AcceptedAsync()
    {
        await StoreAsync(Ledger.Accepted());
        LogOpened();
        await NotifyAsync(null);
    }

    Task NotifyAsync(DateTimeOffset? closedUntil) =>
        Task.WhenAll(silos.Observers.Select(observer => observer.CircuitChangedAsync(closedUntil)));

    async Task ReadAsync()
    {
        readAt = clock.GetUtcNow();
        if (await rateLimits.ReadAsync() is { } rate)
            await StoreAsync(Ledger.Observed(rate.Limit, rate.Remaining, rate.Reset, clock.GetUtcNow()));
    }

    async Task StoreAsync(QuotaLedger ledger)
    {
        if (ledger == store.State.Ledger)
            return;
        try
        {
            store.State.Ledger = ledger;
            await store.WriteStateAsync();
        }
        catch (Exception fault)
        {
            // Calls that could not be stored are not leased. The grain starts again from the stored state.
            DeactivateOnIdle();
            LogNotStored(fault);
            throw new StoreUnavailableException("The call budget could not be stored.", isConflict: false);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "eBay refused a call for its rate: no calls until {Until}")]
    partial void LogClosed(DateTimeOffset until);

    [LoggerMessage(Level = LogLevel.Information, Message = "eBay accepts calls again")]
    partial void LogOpened();

    [LoggerMessage(Level = LogLevel.Error, Message = "The call budget could not be stored")]
    partial void LogNotStored(Exception fault);
}
