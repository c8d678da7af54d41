using System.ComponentModel.DataAnnotations;

namespace Alerts.Users;

/// <summary>Limits of the checks, section <c>Alerts:Runs</c>.</summary>
public sealed class RunOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Alerts:Runs";

    /// <summary>Checks in flight at once in one silo; the others wait in order. Default 256.</summary>
    [Range(1, 10_000)]
    public int MaxConcurrent { get; set; } = 256;
}
