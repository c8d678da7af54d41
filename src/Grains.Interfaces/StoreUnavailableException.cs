namespace Alerts;

/// <summary>The database did not take a write; nothing was changed. Worth another try shortly.</summary>
/// <remarks>Grains throw this in place of the driver's exceptions, which clients do not know how to read.</remarks>
[GenerateSerializer, Alias("Alerts.StoreUnavailableException")]
public sealed class StoreUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    public StoreUnavailableException(string message, bool isConflict = false) : base(message) => IsConflict = isConflict;

    /// <summary>True when another activation wrote the same row first.</summary>
    [Id(0)] public bool IsConflict { get; }
}
