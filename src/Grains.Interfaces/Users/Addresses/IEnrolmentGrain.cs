using Alerts.Settings;

namespace Alerts.Users.Addresses;

/// <summary>
/// One enrolment request that may be repeated. The key is a secret hash of the caller and the caller's own key. For seven days the same
/// request gets the same answer, no matter whether the address was free. After an erasure it enrols a new user.
/// </summary>
[Alias("Alerts.IEnrolmentGrain")]
public interface IEnrolmentGrain : IGrainWithStringKey
{
    /// <summary>Enrols the user, or repeats the earlier answer; null when the key was used with another request.</summary>
    /// <param name="settings">Valid settings with their search ids.</param>
    /// <param name="fingerprint">A hash of the request's content.</param>
    [Alias("EnrolAsync")]
    Task<EnrolResult?> EnrolAsync(UserSettings settings, string fingerprint);
}
