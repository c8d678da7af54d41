namespace Alerts.State;

/// <summary>A user's stored form on its way from silo to silo, which only migration sends.</summary>
[GenerateSerializer, Alias("Alerts.UserRecordJson")]
struct UserRecordJson
{
    /// <summary>The record as JSON, by name as in the store: what evolves there evolves here.</summary>
    [Id(0)]
    public byte[] Utf8;
}
