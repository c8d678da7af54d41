using System.ComponentModel.DataAnnotations;

namespace Alerts.Gateway.Access.OperatorSignIn;

/// <summary>The identity provider at which operators may sign in instead of with an API key, section <c>Alerts:OpenIdConnect</c>.</summary>
public sealed class OpenIdConnectSignInOptions : IValidatableObject
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Alerts:OpenIdConnect";

    /// <summary>
    /// The provider's address, which is the issuer of its tokens (<c>https://login.example.org/realms/staff</c>). Without it, operators
    /// sign in only with an API key.
    /// </summary>
    [Url]
    public string? Authority { get; set; }

    /// <summary>
    /// Our client id at the provider. It must allow redirects to <c>/admin/sign-in/callback</c> below <c>Alerts__PublicUrl</c>; needed with
    /// <see cref="Authority"/>.
    /// </summary>
    public string? ClientId { get; set; }

    /// <summary>Our client secret at the provider; needed with <see cref="Authority"/>.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>The claim of the id token that decides whether a person is an operator.</summary>
    public string Claim { get; set; } = "groups";

    /// <summary>The value that this claim must have, or have among its values; needed with <see cref="Authority"/>.</summary>
    public string? ClaimValue { get; set; }

    /// <summary>
    /// The claim of the id token with the operator's name for the audit log, up to an at sign; <c>sub</c> when it is missing.
    /// </summary>
    public string NameClaim { get; set; } = "preferred_username";

    internal bool IsOn => Authority is { Length: > 0 };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsOn)
            yield break;
        foreach (var (name, value) in ((string, string?)[])[(nameof(ClientId), ClientId), (nameof(ClientSecret), ClientSecret),
            (nameof(ClaimValue), ClaimValue)])
        {
            if (string.IsNullOrWhiteSpace(value))
                yield return new ValidationResult($"Needed with {nameof(Authority)}.", [name]);
        }

        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback))
            yield return new ValidationResult("Must be an address that begins with https://.", [nameof(Authority)]);
    }
}
