using System.Data.Common;
using System.Globalization;
using Alerts.Settings;
using Alerts.Tokens;
using Microsoft.Extensions.Logging;

namespace Alerts.Users.Addresses;

/// <summary>
/// Calls are handled one after the other, so the same request sent twenty times at once enrols one user. The request is stored before the
/// user is made, also for a known address. So neither a crash nor a restart shows whether the address is known.
/// </summary>
public sealed partial class EnrolmentGrain(EnrolmentKeys keys, LinkTokens tokens, ILogger<EnrolmentGrain> logger) : Grain, IEnrolmentGrain
{
    /// <summary>The answer to the same request. It stays the same while the user or the address's owner exists.</summary>
    EnrolResult? answer;

    string Name => this.GetPrimaryKeyString();

    public async Task<EnrolResult?> EnrolAsync(UserSettings settings, string fingerprint)
    {
        // The content of a request can be guessed, so only its keyed hash is kept.
        fingerprint = tokens.NameOf("fingerprint", fingerprint);
        var known = await StoredAsync(() => keys.FindAsync(Name));
        if (known is not null && known.Fingerprint != fingerprint)
            return null;
        answer = known is null ? await EnrolAnewAsync(settings, fingerprint, attempt: 1) : await RepeatAsync(settings, known);
        return answer;
    }

    async Task<EnrolResult> RepeatAsync(UserSettings settings, EnrolmentKey known)
    {
        var id = IdOf(known);
        var address = GrainFactory.GetGrain<IEmailAddressGrain>(EmailAddressKey.Of(settings.Email));
        if (await GrainFactory.GetGrain<IUserGrain>(id).GetAsync() is { } user)
            return answer is { Created: true } && answer.UserId == id ? answer : new EnrolResult(user, Created: true, id);
        if (await address.FindAsync() is { } holder && await GrainFactory.GetGrain<IUserGrain>(holder).GetAsync() is { } owner)
            return new EnrolResult(owner, Created: false, id);
        return await EnrolAnewAsync(settings, known.Fingerprint, known.Attempt + 1);
    }

    async Task<EnrolResult> EnrolAnewAsync(UserSettings settings, string fingerprint, int attempt)
    {
        var key = new EnrolmentKey(Name, fingerprint, attempt);
        await StoredAsync(async () =>
        {
            await keys.SaveAsync(key);
            return true;
        });
        var id = IdOf(key);
        var result = await GrainFactory.GetGrain<IEmailAddressGrain>(EmailAddressKey.Of(settings.Email)).EnrolAsync(id, settings);
        return result with { UserId = id };
    }

    string IdOf(EnrolmentKey key) =>
        UserId.FromHash(tokens.NameOf("user", string.Create(CultureInfo.InvariantCulture, $"{key.Name} {key.Fingerprint} {key.Attempt}")));

    async Task<T> StoredAsync<T>(Func<Task<T>> access)
    {
        try
        {
            return await access();
        }
        catch (DbException fault)
        {
            LogStoreFailed(fault);
            throw new StoreUnavailableException("The enrolment could not be stored.");
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An enrolment's key could not be stored")]
    partial void LogStoreFailed(Exception fault);
}
