namespace Alerts;

/// <summary>One e-mail address, key <see cref="EmailAddressKey"/>: sees to it that an address has one user at most.</summary>
[Alias("Alerts.IEmailAddressGrain")]
public interface IEmailAddressGrain : IGrainWithStringKey
{
    /// <summary>Claims the address for a new user and enrols that user; when the address has a user already, nothing changes.</summary>
    [Alias("EnrolAsync")]
    Task<EnrolResult> EnrolAsync(string userId, UserSettings settings);

    /// <summary>The id of the address's user, or null.</summary>
    [Alias("FindAsync")]
    Task<string?> FindAsync();

    /// <summary>Gives the address up if <paramref name="userId"/> has it.</summary>
    [Alias("ReleaseAsync")]
    Task ReleaseAsync(string userId);
}
