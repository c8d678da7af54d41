using System.Diagnostics;

namespace Alerts;

public static class Telemetry
{
    public const string SourceName = "Alerts";

    /// <summary>Tag of the user an activity is about; an id, never an address.</summary>
    public const string UserTag = "alerts.user";

    /// <summary>Tag of an activity's result.</summary>
    public const string ResultTag = "alerts.result";

    public static readonly ActivitySource Source = new(SourceName);
}
