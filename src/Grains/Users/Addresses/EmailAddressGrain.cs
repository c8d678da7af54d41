using Alerts.Settings;
using Microsoft.Extensions.Logging;

namespace Alerts.Users.Addresses;

/// <summary>One address: enrolments of it pass here one after the other, so two can never both succeed.</summary>
public sealed partial class EmailAddressGrain(
    [PersistentState("address")] IPersistentState<EmailAddressRecord> store,
    TimeProvider clock,
    ILogger<EmailAddressGrain> logger) : Grain, IEmailAddressGrain
{
    /// <summary>How many of those who want to move to an address cause a mail to it, in <see cref="AskedWithin"/>: one, and one more in case it was lost.</summary>
    const int MailedRequests = 2;

    static readonly TimeSpan AskedWithin = TimeSpan.FromDays(1);

    /// <summary>When the first of <see cref="requests"/> came. Kept in memory: an address that is nobody's leaves nothing in the store.</summary>
    DateTimeOffset asked;

    int requests;

    public async Task<EnrolResult> EnrolAsync(string userId, UserSettings settings)
    {
        if (await HolderAsync() is { } holder)
            return new EnrolResult(holder, Created: holder.Id == userId);

        // Claimed before the user exists: cut short here, the claim has no user behind it and the next enrolment takes it over.
        await SetAsync(userId);
        return new EnrolResult(await User(userId).EnrolAsync(settings), Created: true);
    }

    public async Task<AddressOwner> AskAsync()
    {
        // Who has not confirmed it may be anybody: its owner is asked all the same, and decides by following the link.
        if (await HolderAsync() is { Status: not UserStatus.Unconfirmed } holder)
            return new AddressOwner(holder.Id, MayMail: false);
        var now = clock.GetUtcNow();
        if (now - asked >= AskedWithin)
            (asked, requests) = (now, 0);
        requests++;
        DelayDeactivation(AskedWithin);
        return new AddressOwner(null, MayMail: requests <= MailedRequests);
    }

    public async Task<ReplaceResult> MoveAsync(string userId, UserSettings settings, int expectedVersion)
    {
        if (await HolderAsync() is { } holder && holder.Id != userId)
        {
            if (holder.Status is not UserStatus.Unconfirmed)
                return new ReplaceResult(ReplaceOutcome.AddressTaken, null);
            // Erased before the address is another's, so that two are never served there; the erasure gives the address up here, in this very call.
            using (RequestContext.AllowCallChainReentrancy())
                await User(holder.Id).DeleteAsync();
        }

        // Claimed before the user has the address, as at enrolment: a claim that nobody stands behind is worth nothing.
        await SetAsync(userId);
        return await User(userId).ReplaceSettingsAsync(settings, expectedVersion);
    }

    public async Task<string?> FindAsync() => (await HolderAsync())?.Id;

    public Task ReleaseAsync(string userId) => store.State.UserId == userId ? ClearAsync() : Task.CompletedTask;

    /// <summary>The user who has this address: who claimed it, if that user exists and has not moved to another since.</summary>
    async Task<UserView?> HolderAsync() =>
        store.State.UserId is { } id && await User(id).GetAsync() is { } user && EmailAddressKey.Of(user.Settings.Email) == this.GetPrimaryKeyString()
            ? user
            : null;

    async Task SetAsync(string userId)
    {
        store.State.UserId = userId;
        await StoreAsync(store.WriteStateAsync);
    }

    Task ClearAsync() => StoreAsync(store.ClearStateAsync);

    async Task StoreAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception fault)
        {
            LogStoreFailed(fault);
            DeactivateOnIdle();
            throw new StoreUnavailableException("The address could not be stored.");
        }
    }

    IUserGrain User(string id) => GrainFactory.GetGrain<IUserGrain>(id);

    [LoggerMessage(Level = LogLevel.Error, Message = "An address could not be stored")]
    partial void LogStoreFailed(Exception fault);
}
