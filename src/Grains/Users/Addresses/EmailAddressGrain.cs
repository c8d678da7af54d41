using Alerts.Settings;
using Microsoft.Extensions.Logging;

namespace Alerts.Users.Addresses;

/// <summary>
/// One address. It has at most one owner. Unconfirmed enrolments wait side by side, each with its own settings; the first one confirmed
/// becomes the owner. Changes of the record are made one after the other.
/// </summary>
public sealed partial class EmailAddressGrain(
    [PersistentState("address")] IPersistentState<EmailAddressRecord> store,
    TimeProvider clock,
    ILogger<EmailAddressGrain> logger) : Grain, IEmailAddressGrain, IDisposable
{
    /// <summary>Unconfirmed enrolments that may wait; a further one replaces the oldest. Each causes at most two mails.</summary>
    public const int MaxUnconfirmed = 3;

    /// <summary>
    /// Requests to move to this address that cause a mail within <see cref="askedWithin"/>: one, and a second in case the first was lost.
    /// </summary>
    const int MailedRequests = 2;

    static readonly TimeSpan askedWithin = TimeSpan.FromDays(1);

    /// <summary>A confirmation that never reports its end blocks others for this long.</summary>
    static readonly TimeSpan confirmWithin = TimeSpan.FromMinutes(1);

    /// <summary>A release may come in the middle of other calls, and only one call at a time may write the record.</summary>
    readonly SemaphoreSlim writing = new(1);

    /// <summary>
    /// When the first of <see cref="requests"/> came. In memory only: an address without an owner leaves nothing in the store.
    /// </summary>
    DateTimeOffset asked;

    int requests;

    /// <summary>The user that is being confirmed now.</summary>
    (string UserId, DateTimeOffset Until)? confirming;

    public Task<EnrolResult> EnrolAsync(string userId, UserSettings settings) => AddAsync(userId, user => user.EnrolAsync(settings));

    public Task<EnrolResult> ImportAsync(string userId, UserSettings settings, UserStanding standing) =>
        AddAsync(userId, user => user.ImportAsync(settings, standing));

    async Task<EnrolResult> AddAsync(string userId, Func<IUserGrain, Task<UserView>> add)
    {
        var users = await UsersAsync();
        if (users.Find(user => user.Id == userId || user.Status is not UserStatus.Unconfirmed) is { } known)
            return new EnrolResult(known, Created: known.Id == userId);

        foreach (var oldest in users.SkipLast(MaxUnconfirmed - 1))
            await User(oldest.Id).DeleteAsync();
        // The claim is written before the user exists. After a crash here, the claim has no user and counts for nothing.
        await ChangeAsync(_ => EmailAddressRecord.Of(userId, users.TakeLast(MaxUnconfirmed - 1).Select(user => user.Id)));
        return new EnrolResult(await add(User(userId)), Created: true);
    }

    public async Task<string[]?> ClaimAsync(string userId)
    {
        var now = clock.GetUtcNow();
        var users = await UsersAsync();
        var isTaken = users.Exists(user => user.Id != userId && user.Status is not UserStatus.Unconfirmed);
        if (isTaken || (confirming is var (other, until) && other != userId && now < until))
            return null;
        confirming = (userId, now + confirmWithin);
        string[] others = [.. users.Select(user => user.Id).Where(id => id != userId)];
        await ChangeAsync(_ => EmailAddressRecord.Of(userId, others));
        return others;
    }

    public async Task<AddressOwner> AskAsync()
    {
        // The person who enrols may be anybody. So the owner is asked, and decides by following the link.
        if (await OwnerAsync() is { } owner)
            return new AddressOwner(owner.Id, MayMail: false);
        var now = clock.GetUtcNow();
        if (now - asked >= askedWithin)
            (asked, requests) = (now, 0);
        requests++;
        DelayDeactivation(askedWithin);
        return new AddressOwner(null, MayMail: requests <= MailedRequests);
    }

    public async Task<ReplaceResult> MoveAsync(string userId, UserSettings settings, int expectedVersion)
    {
        var others = (await UsersAsync()).Where(user => user.Id != userId).ToList();
        if (others.Exists(user => user.Status is not UserStatus.Unconfirmed))
            return new ReplaceResult(ReplaceOutcome.AddressTaken, null);
        // The others are erased before the address changes its owner, so that never two users are served there.
        foreach (var unconfirmed in others)
            await User(unconfirmed.Id).DeleteAsync();

        // Claimed before the user has the address, as at enrolment: a claim without a user counts for nothing.
        await ChangeAsync(_ => EmailAddressRecord.Of(userId, []));
        return await User(userId).ReplaceSettingsAsync(settings, expectedVersion);
    }

    public async Task<string?> FindAsync() => (await UsersAsync()).LastOrDefault()?.Id;

    public Task ReleaseAsync(string userId) => ChangeAsync(record => record.Without(userId));

    async Task<UserView?> OwnerAsync() => (await UsersAsync()).Find(user => user.Status is not UserStatus.Unconfirmed);

    /// <summary>The users with this address: they claimed it, exist, and have not moved. Oldest first, the owner last.</summary>
    async Task<List<UserView>> UsersAsync()
    {
        var users = new List<UserView>();
        foreach (var id in store.State.All().ToList())
        {
            if (await User(id).GetAsync() is { } user && EmailAddressKey.Of(user.Settings.Email) == this.GetPrimaryKeyString())
                users.Add(user);
        }

        return users;
    }

    async Task ChangeAsync(Func<EmailAddressRecord, EmailAddressRecord> change)
    {
        await writing.WaitAsync();
        try
        {
            var next = change(store.State);
            if (next == store.State)
                return;
            store.State = next;
            await (next.UserId is null ? store.ClearStateAsync() : store.WriteStateAsync());
        }
        catch (Exception fault)
        {
            LogStoreFailed(fault);
            DeactivateOnIdle();
            throw new StoreUnavailableException("The address could not be stored.");
        }
        finally
        {
            writing.Release();
        }
    }

    IUserGrain User(string id) => GrainFactory.GetGrain<IUserGrain>(id);

    public void Dispose() => writing.Dispose();

    [LoggerMessage(Level = LogLevel.Error, Message = "An address could not be stored")]
    partial void LogStoreFailed(Exception fault);
}
