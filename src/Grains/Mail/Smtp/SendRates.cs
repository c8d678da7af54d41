using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;

namespace Alerts.Mail.Smtp;

/// <summary>
/// Keeps mails within <see cref="MailOptions.MailsPerSecond"/> and <see cref="MailOptions.MailsPerSecondPerDomain"/>. Safe for concurrent
/// use.
/// </summary>
public sealed class SendRates
{
    /// <summary>
    /// Domains whose rates are remembered at once. A mail to a further domain is deferred until one of them is unused.
    /// </summary>
    public const int DomainLimit = 10_000;

    readonly MailOptions options;
    readonly TimeProvider clock;
    readonly SendRate? all;
    readonly Dictionary<string, SendRate> domains = [];
    readonly Lock gate = new();

    public SendRates(IOptions<MailOptions> options, TimeProvider clock)
    {
        this.options = options.Value;
        this.clock = clock;
        all = this.options.MailsPerSecond is { } rate ? new SendRate(rate) : null;
    }

    /// <summary>
    /// Waits for a mail's turn. Returns false at once, without using a turn, when the wait would be longer than
    /// <see cref="MailOptions.QueueTimeout"/>.
    /// </summary>
    /// <param name="domain">The recipient's domain, case ignored.</param>
    /// <param name="cancellationToken">Gives up; the turn is used all the same.</param>
    public async ValueTask<bool> WaitAsync(string domain, CancellationToken cancellationToken)
    {
        if (all is null && options.MailsPerSecondPerDomain is null)
            return true;
        if (TakeTurn(domain.ToLowerInvariant()) is not { } wait)
            return false;
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, clock, cancellationToken);
        return true;
    }

    TimeSpan? TakeTurn(string domain)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (!TryRateOf(domain, now, out var rate))
                return null;
            var wait = TimeSpan.FromTicks(Math.Max((all?.WaitAt(now) ?? default).Ticks, (rate?.WaitAt(now) ?? default).Ticks));
            if (wait > options.QueueTimeout)
                return null;
            // Both limits count the mail at the moment it is sent. So the limit that has room does not lose a place while the mail waits
            // for the other.
            all?.Take(now + wait);
            rate?.Take(now + wait);
            return wait;
        }
    }

    bool TryRateOf(string domain, DateTimeOffset now, out SendRate? rate)
    {
        rate = null;
        if (options.MailsPerSecondPerDomain is not { } perSecond)
            return true;
        if (domains.Count >= DomainLimit && !domains.ContainsKey(domain))
        {
            foreach (var fresh in domains.Where(known => known.Value.IsFreshAt(now)).ToList())
                domains.Remove(fresh.Key);
            if (domains.Count >= DomainLimit)
                return false;
        }

        rate = CollectionsMarshal.GetValueRefOrAddDefault(domains, domain, out _) ??= new SendRate(perSecond);
        return true;
    }
}
