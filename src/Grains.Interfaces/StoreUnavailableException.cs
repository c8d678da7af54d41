namespace Alerts;

/// <summary>The database did not accept a write; nothing was changed. Another attempt shortly after may succeed.</summary>
/// <remarks>Grains throw this instead of the driver's exceptions, which clients cannot deserialize.</remarks>
[GenerateSerializer, Alias("Alerts.StoreUnavailableException")]
public sealed class StoreUnavailableException : Exception
{
    public StoreUnavailableException(string message, bool isConflict = false) : base(message) => IsConflict = isConflict;

    /// <summary>True when another activation wrote the same row first.</summary>
    [Id(0)] public bool IsConflict { get; }
}
