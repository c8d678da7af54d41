using System.Threading.RateLimiting;
using Alerts.Gateway.Access;
using Alerts.Gateway.Limits;
using Alerts.Users;
using Alerts.Users.Addresses;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Pages.SignIn;

/// <summary>Mails sign-in links without revealing whether an address is known.</summary>
sealed partial class SignInMails(
    IGrainFactory grains, PartitionedRateLimiter<Allowance> buckets, IOptions<RateLimitOptions> limits, ILogger<SignInMails> logger)
{
    /// <summary>Links mailed to one address in an hour, no matter who asks; further ones are silently not sent.</summary>
    const int MaxMailsPerHour = 5;

    static readonly TimeSpan hour = TimeSpan.FromHours(1);

    /// <summary>Mails a link if the address is known. False when this visitor asked for too many mails.</summary>
    public async Task<bool> SendAsync(string email, HttpContext context)
    {
        if (buckets.Take(new Allowance("sign-ins " + context.NetworkOf(Callers.NetworkBits), limits.Value.EnrolmentsPerHour,
            hour)) is not null)
            return false;
        var key = EmailAddressKey.Of(email);
        if (buckets.Take(new Allowance("sign-in mails " + key, MaxMailsPerHour, hour)) is null
            && await grains.GetGrain<IEmailAddressGrain>(key).FindAsync() is { } userId)
            _ = AskAsync(userId);
        return true;
    }

    /// <summary>Not awaited: a longer answer would reveal that the address is known.</summary>
    async Task AskAsync(string userId)
    {
        try
        {
            await grains.GetGrain<IUserGrain>(userId).SendSignInAsync();
        }
        catch (Exception fault)
        {
            // The person can ask again.
            LogNotSent(fault, userId);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sign-in link of user {UserId} could not be sent")]
    partial void LogNotSent(Exception fault, string userId);
}
