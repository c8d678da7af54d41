using System.Diagnostics;

namespace Alerts;

/// <summary>The source of this service's traces.</summary>
public static class Telemetry
{
    /// <summary>Name of the source, to subscribe to.</summary>
    public const string SourceName = "Alerts";

    /// <summary>Tag of the user an activity is about; an id, never an address.</summary>
    public const string UserTag = "alerts.user";

    /// <summary>Tag of how what an activity did came out.</summary>
    public const string ResultTag = "alerts.result";

    /// <summary>The source.</summary>
    public static readonly ActivitySource Source = new(SourceName);
}
