using Alerts.Settings;

namespace Alerts.Users.Addresses;

/// <summary>
/// One enrolment request that may be repeated, key a secret hash of the caller and the caller's key: for seven days the same
/// request gets the same answer, whether or not the address was free, and after an erasure a new user.
/// </summary>
[Alias("Alerts.IEnrolmentGrain")]
public interface IEnrolmentGrain : IGrainWithStringKey
{
    /// <summary>Enrols the user, or answers as it did before; null when the key was used with another request.</summary>
    /// <param name="settings">Valid settings with their search ids.</param>
    /// <param name="fingerprint">Names the request's content.</param>
    [Alias("EnrolAsync")]
    Task<EnrolResult?> EnrolAsync(UserSettings settings, string fingerprint);
}
