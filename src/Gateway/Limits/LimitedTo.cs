namespace Alerts.Gateway.Limits;

/// <summary>Metadata of an endpoint: what limits it besides, or instead of, the requests of its caller.</summary>
sealed class LimitedTo
{
    /// <summary>The enrolments from a network address too.</summary>
    public static readonly LimitedTo Enrolments = new();

    /// <summary>The caller's looks at what eBay has too.</summary>
    public static readonly LimitedTo Searches = new();

    /// <summary>The probes of load balancers: a bucket of their own for each network address.</summary>
    public static readonly LimitedTo Probes = new();

    /// <summary>Nothing at all.</summary>
    public static readonly LimitedTo Nothing = new();

    LimitedTo()
    {
    }
}
