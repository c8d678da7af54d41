using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Alerts.Users;

/// <summary>One address: enrolments of it pass here one after the other, so two can never both succeed.</summary>
public sealed partial class EmailAddressGrain(
    [PersistentState("address")] IPersistentState<EmailAddressRecord> store,
    ILogger<EmailAddressGrain> logger) : Grain, IEmailAddressGrain
{
    public async Task<EnrolResult> EnrolAsync(string userId, UserSettings settings, string? fingerprint)
    {
        if (await HolderAsync() is { } holder)
            return new EnrolResult(holder, Created: holder.Id == userId);

        // Claimed before the user exists: cut short here, the claim has no user behind it and the next enrolment takes it over.
        await SetAsync(userId);
        return new EnrolResult(await User(userId).EnrolAsync(settings, fingerprint), Created: true);
    }

    public async Task<ReplaceResult> MoveAsync(string userId, UserSettings settings, int expectedVersion)
    {
        if (await HolderAsync() is { } holder && holder.Id != userId)
            return new ReplaceResult(ReplaceOutcome.AddressTaken, null);

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
