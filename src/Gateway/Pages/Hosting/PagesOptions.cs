using System.ComponentModel.DataAnnotations;

namespace Alerts.Gateway.Pages.Hosting;

/// <summary>The operator's data on the pages, section <c>Alerts:Pages</c>.</summary>
public sealed class PagesOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Alerts:Pages";

    /// <summary>The operator's name in the foot of each page; default: no name.</summary>
    [StringLength(100)]
    public string? Operator { get; set; }

    /// <summary>Address of the imprint; default none.</summary>
    [Url]
    public string? ImprintUrl { get; set; }

    /// <summary>Address of the privacy notice; default none.</summary>
    [Url]
    public string? PrivacyUrl { get; set; }

    /// <summary>Address where mails can be read, for a demonstration whose mails go to no real mailbox; default none.</summary>
    [Url]
    public string? MailboxUrl { get; set; }
}
