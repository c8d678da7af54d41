using System.Globalization;
using System.Security.Claims;

namespace Alerts.Gateway.Access;

/// <summary>The claims of a request's principal.</summary>
static class AccessClaims
{
    /// <summary>The user's id, or the number of the API key.</summary>
    public const string Subject = "sub";

    /// <summary>The role.</summary>
    public const string Role = "role";

    /// <summary>The token generation of a user's manage token.</summary>
    public const string Generation = "gen";

    /// <summary>Role of a caller with an API key.</summary>
    public const string Administrator = "administrator";

    /// <summary>Role of a caller with a manage token.</summary>
    public const string Owner = "owner";

    /// <summary>The scope of the API key.</summary>
    public const string Scope = "scope";

    /// <summary>Present when the manage token comes from a mail's link.</summary>
    public const string Link = "link";

    /// <summary>The scope of the caller's API key; null without one.</summary>
    public static ApiKeyScope? ScopeOfKey(this ClaimsPrincipal principal) =>
        principal.FindFirstValue(Scope) is { } scope ? Enum.Parse<ApiKeyScope>(scope) : null;

    /// <summary>Whether the caller's manage token comes from a mail's link.</summary>
    public static bool IsByLink(this ClaimsPrincipal principal) => principal.HasClaim(claim => claim.Type == Link);

    /// <summary>Whether the caller has an API key.</summary>
    public static bool IsAdministrator(this ClaimsPrincipal principal) => principal.HasClaim(Role, Administrator);

    /// <summary>The user of the caller's manage token; null without one.</summary>
    public static string? OwnUserId(this ClaimsPrincipal principal) =>
        principal.HasClaim(Role, Owner) ? principal.FindFirstValue(Subject) : null;

    /// <summary>The generation of the caller's manage token; null without one.</summary>
    public static int? TokenGeneration(this ClaimsPrincipal principal) =>
        principal.FindFirstValue(Generation) is { } generation ? int.Parse(generation, CultureInfo.InvariantCulture) : null;
}
