namespace Alerts.Users.Addresses;

/// <param name="Name">The keyed hash of the caller and the key.</param>
/// <param name="Fingerprint">The keyed hash of the request's content.</param>
/// <param name="Attempt">
/// How many users this request has made, including the present one: the id of an erased user is not used again.
/// </param>
sealed record EnrolmentKey(string Name, string Fingerprint, int Attempt);
