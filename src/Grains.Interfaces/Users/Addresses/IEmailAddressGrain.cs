using Alerts.Settings;

namespace Alerts.Users.Addresses;

/// <summary>One e-mail address, key <see cref="EmailAddressKey"/>: sees to it that an address has one user at most.</summary>
[Alias("Alerts.IEmailAddressGrain")]
public interface IEmailAddressGrain : IGrainWithStringKey
{
    /// <summary>Claims the address for a new user and enrols that user; when the address has a user already, nothing changes.</summary>
    /// <param name="userId">The new user's id.</param>
    /// <param name="settings">Valid settings with their search ids.</param>
    [Alias("EnrolAsync")]
    Task<EnrolResult> EnrolAsync(string userId, UserSettings settings);

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

    /// <summary>The id of the address's user, or null.</summary>
    [Alias("FindAsync")]
    Task<string?> FindAsync();

    /// <summary>Gives the address up if <paramref name="userId"/> has it.</summary>
    [Alias("ReleaseAsync")]
    Task ReleaseAsync(string userId);
}
