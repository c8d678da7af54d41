namespace Alerts.Gateway.Limits;

/// <summary>Metadata of an endpoint: its limits in addition to, or instead of, the limit of requests by its caller.</summary>
sealed class LimitedTo
{
    /// <summary>Also limits enrolments from a network address.</summary>
    public static readonly LimitedTo Enrolments = new();

    /// <summary>Also limits the caller's previews and results, which may cost calls to eBay.</summary>
    public static readonly LimitedTo Searches = new();

    /// <summary>Only the limit for load balancers' probes: one bucket for each network address.</summary>
    public static readonly LimitedTo Probes = new();

    /// <summary>No limit.</summary>
    public static readonly LimitedTo Nothing = new();

    LimitedTo()
    {
    }
}
