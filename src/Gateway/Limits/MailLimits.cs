using System.Threading.RateLimiting;
using Alerts.Configuration;
using Alerts.Gateway.Access;
using Alerts.Gateway.Errors;
using Alerts.Tokens;
using Alerts.Users.Addresses;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Limits;

/// <summary>
/// Keeps callers from filling the mailboxes of people who asked for nothing. A question to an address counts for its mailbox, for its
/// domain and for all addresses together. It also counts when the address is known, so that the answer does not reveal that.
/// </summary>
sealed class MailLimits(
    PartitionedRateLimiter<Allowance> buckets, IOptions<RateLimitOptions> limits, IOptions<AlertsOptions> alerts, LinkTokens tokens)
{
    /// <summary>Counts one question to an address.</summary>
    /// <exception cref="InvalidRequestException">429: too many questions.</exception>
    public void Take(string email, HttpContext context)
    {
        if (WaitFor(email, context) is { } wait)
            throw new InvalidRequestException(StatusCodes.Status429TooManyRequests,
                "Too many questions to this mailbox; wait as long as Retry-After says.")
            {
                RetryAfter = wait,
            };
    }

    /// <summary>The same for a page: the time to wait; null when the question may be mailed.</summary>
    public TimeSpan? WaitFor(string email, HttpContext context)
    {
        // Without confirmation no question is mailed, and the owner of an API key is responsible for its use.
        return alerts.Value.Confirmation is ConfirmationMode.Off || context.User.IsAdministrator()
            ? null
            : AllowancesOf(email).Select(buckets.Take).FirstOrDefault(wait => wait is not null);
    }

    IEnumerable<Allowance> AllowancesOf(string email)
    {
        var (hour, options) = (TimeSpan.FromHours(1), limits.Value);
        // Memory must not contain addresses of people who are not users.
        yield return new Allowance("mailbox "
            + tokens.NameOf("mailbox", Mailbox.Of(email)), options.EnrolmentsPerMailboxDay, TimeSpan.FromDays(1));
        yield return new Allowance("domain " + Mailbox.DomainOf(email), options.EnrolmentsPerDomainHour, hour);
        yield return new Allowance("questions of all", options.EnrolmentsPerHourOfAll, hour);
    }
}
