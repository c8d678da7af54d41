using Alerts.Settings;
using Orleans.Concurrency;

namespace Alerts.Users.Addresses;

/// <summary>One e-mail address; the key is an <see cref="EmailAddressKey"/>. Ensures that an address has at most one owner.</summary>
[Alias("Alerts.IEmailAddressGrain")]
public interface IEmailAddressGrain : IGrainWithStringKey
{
    /// <summary>
    /// Enrols a new user. If the address has an owner, nothing changes. Users who have not confirmed it are not owners: the new user waits
    /// beside them.
    /// </summary>
    /// <param name="userId">The new user's id.</param>
    /// <param name="settings">Valid settings with their search ids.</param>
    [Alias("EnrolAsync")]
    Task<EnrolResult> EnrolAsync(string userId, UserSettings settings);

    /// <summary>The same for a user of another service, or of here before, who stays as it was.</summary>
    /// <param name="userId">The user's id.</param>
    /// <param name="settings">Valid settings with their search ids.</param>
    /// <param name="standing">How the user stood.</param>
    [Alias("ImportAsync")]
    Task<EnrolResult> ImportAsync(string userId, UserSettings settings, UserStanding standing);

    /// <summary>
    /// A user confirms the address. Returns the other, unconfirmed users of it, which the caller must erase; null when the address belongs
    /// to another user.
    /// </summary>
    [Alias("ClaimAsync")]
    Task<string[]?> ClaimAsync(string userId);

    /// <summary>
    /// A user wants to move to this address. Two requests a day cause a mail to it, no matter from whom, so that strangers cannot fill the
    /// mailbox of a person who is not a user. An unconfirmed user is not an owner.
    /// </summary>
    [Alias("AskAsync")]
    Task<AddressOwner> AskAsync();

    /// <summary>
    /// Claims the address, whose owner agreed, for a user with another address, and gives that user the new settings. Unconfirmed users of
    /// the address are erased.
    /// </summary>
    /// <param name="userId">The user.</param>
    /// <param name="settings">The new settings, with this address.</param>
    /// <param name="expectedVersion">The version of the settings to replace.</param>
    [Alias("MoveAsync")]
    Task<ReplaceResult> MoveAsync(string userId, UserSettings settings, int expectedVersion);

    /// <summary>The id of the owner, or of the newest unconfirmed user; null when there is neither.</summary>
    [Alias("FindAsync")]
    Task<string?> FindAsync();

    /// <summary>
    /// Gives the address up if <paramref name="userId"/> has it. Interleaves: a user who is leaving calls this while this grain waits for
    /// the same user.
    /// </summary>
    [Alias("ReleaseAsync"), AlwaysInterleave]
    Task ReleaseAsync(string userId);
}
