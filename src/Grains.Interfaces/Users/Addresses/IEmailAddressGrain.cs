using Alerts.Settings;
using Orleans.Concurrency;

namespace Alerts.Users.Addresses;

/// <summary>One e-mail address, key <see cref="EmailAddressKey"/>: sees to it that an address has one user at most.</summary>
[Alias("Alerts.IEmailAddressGrain")]
public interface IEmailAddressGrain : IGrainWithStringKey
{
    /// <summary>
    /// Enrols a new user. When the address has an owner already, nothing changes; who has not confirmed it owns nothing, and the new user
    /// waits beside them.
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
    /// A user confirms the address. The others who enrolled it and have not confirmed, to be erased by the caller; null when it is
    /// somebody else's.
    /// </summary>
    [Alias("ClaimAsync")]
    Task<string[]?> ClaimAsync(string userId);

    /// <summary>
    /// A user wants to move to this address. Of those who ask, two a day cause a mail to it, whoever they are, so that strangers cannot fill
    /// the mailbox of somebody who is no user here. A user who has not confirmed the address is no owner of it.
    /// </summary>
    [Alias("AskAsync")]
    Task<AddressOwner> AskAsync();

    /// <summary>
    /// Claims the address, whose owner agreed, for a user who has another one now, and gives that user the settings that name it. Who enrolled
    /// it and never confirmed is erased.
    /// </summary>
    /// <param name="userId">The user.</param>
    /// <param name="settings">The new settings, with this address.</param>
    /// <param name="expectedVersion">The version of the settings they replace.</param>
    [Alias("MoveAsync")]
    Task<ReplaceResult> MoveAsync(string userId, UserSettings settings, int expectedVersion);

    /// <summary>The id of the owner, or of the newest who has not confirmed; null when there is neither.</summary>
    [Alias("FindAsync")]
    Task<string?> FindAsync();

    /// <summary>
    /// Gives the address up if <paramref name="userId"/> has it. Interleaves: a user who is just leaving calls it while this grain waits for
    /// that user.
    /// </summary>
    [Alias("ReleaseAsync"), AlwaysInterleave]
    Task ReleaseAsync(string userId);
}
