using System.ComponentModel.DataAnnotations;

namespace Alerts.Gateway.Ebay;

/// <summary>
/// eBay's marketplace account deletion notices, section <c>Alerts:AccountDeletion</c>. Every application with eBay keys must answer them or
/// opt out.
/// </summary>
public sealed class AccountDeletionOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Alerts:AccountDeletion";

    /// <summary>
    /// The verification token that was given to eBay with the endpoint's URL: 32 to 80 letters, digits, - and _. Without it the endpoint
    /// answers 404.
    /// </summary>
    [RegularExpression("[A-Za-z0-9_-]{32,80}")]
    public string? VerificationToken { get; set; }

    /// <summary>
    /// The endpoint's URL, exactly as given to eBay; default <c>Alerts:PublicUrl</c> followed by <c>/ebay/account-deletion</c>.
    /// </summary>
    [Url]
    public string? Endpoint { get; set; }
}
