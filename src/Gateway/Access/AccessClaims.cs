using System.Globalization;
using System.Security.Claims;

namespace Alerts.Gateway.Access;

/// <summary>What a request's principal says of who asks.</summary>
static class AccessClaims
{
    /// <summary>The user's id, or the number of the API key.</summary>
    public const string Subject = "sub";

    /// <summary>The role.</summary>
    public const string Role = "role";

    /// <summary>The token generation of a user's manage token.</summary>
    public const string Generation = "gen";

    /// <summary>Role of who has an API key.</summary>
    public const string Administrator = "administrator";

    /// <summary>Role of who has a manage token.</summary>
    public const string Owner = "owner";

    /// <summary>The scope of the API key.</summary>
    public const string Scope = "scope";

    /// <summary>There, when the manage token is that of a mail's link.</summary>
    public const string Link = "link";

    /// <summary>What the API key that was given may do; null when none was.</summary>
    public static ApiKeyScope? ScopeOfKey(this ClaimsPrincipal principal) =>
        principal.FindFirstValue(Scope) is { } scope ? Enum.Parse<ApiKeyScope>(scope) : null;

    /// <summary>Whether the manage token that was given is that of a mail's link.</summary>
    public static bool IsByLink(this ClaimsPrincipal principal) => principal.HasClaim(claim => claim.Type == Link);

    /// <summary>Whether an API key was given.</summary>
    public static bool IsAdministrator(this ClaimsPrincipal principal) => principal.HasClaim(Role, Administrator);

    /// <summary>The user whose manage token was given, or null.</summary>
    public static string? OwnUserId(this ClaimsPrincipal principal) =>
        principal.HasClaim(Role, Owner) ? principal.FindFirstValue(Subject) : null;

    /// <summary>The generation of the manage token that was given, or null.</summary>
    public static int? TokenGeneration(this ClaimsPrincipal principal) =>
        principal.FindFirstValue(Generation) is { } generation ? int.Parse(generation, CultureInfo.InvariantCulture) : null;
}
