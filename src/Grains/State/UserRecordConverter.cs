using System.Text.Json;

namespace Alerts.State;

/// <summary>
/// Lets Orleans take a user's state along when it moves the user to another silo; otherwise the new activation would read the store.
/// </summary>
[RegisterConverter]
sealed class UserRecordConverter : IConverter<UserRecord, UserRecordJson>
{
    public UserRecord ConvertFromSurrogate(in UserRecordJson surrogate) => JsonSerializer.Deserialize<UserRecord>(surrogate.Utf8)!;

    public UserRecordJson ConvertToSurrogate(in UserRecord value) => new() { Utf8 = JsonSerializer.SerializeToUtf8Bytes(value) };
}
