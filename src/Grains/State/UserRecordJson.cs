namespace Alerts.State;

/// <summary>A user's stored form while it moves between silos; only migration sends it.</summary>
[GenerateSerializer, Alias("Alerts.UserRecordJson")]
struct UserRecordJson
{
    /// <summary>The record as JSON, as in the store: it stays readable in the same way when members are added.</summary>
    [Id(0)]
    public byte[] Utf8;
}
