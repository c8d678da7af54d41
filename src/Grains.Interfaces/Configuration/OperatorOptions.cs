using System.ComponentModel.DataAnnotations;

namespace Alerts.Configuration;

/// <summary>Who runs the service, for the foot of mails and pages, section <c>Alerts:Operator</c>.</summary>
public sealed class OperatorOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Alerts:Operator";

    /// <summary>Name of the person or company; absent: none is shown.</summary>
    [StringLength(200)]
    public string? Name { get; set; }

    /// <summary>Postal address, in one line; absent: none is shown.</summary>
    [StringLength(400)]
    public string? Address { get; set; }

    /// <summary>Address of the page about privacy; absent: no link.</summary>
    [Url]
    public string? PrivacyUrl { get; set; }
}
