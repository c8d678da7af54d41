using System.ComponentModel.DataAnnotations;
using Alerts.Configuration;
using Alerts.Gateway.Access.OperatorSignIn;
using Alerts.Gateway.Pages.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace Alerts.Gateway.Access;

/// <summary>Access rules: an API key allows everything in its scope, a manage token everything of its own user.</summary>
static class AccessPolicies
{
    /// <summary>Scheme and policy of administrators.</summary>
    public const string ApiKey = "ApiKey";

    /// <summary>Scheme of users.</summary>
    public const string ManageToken = "ManageToken";

    /// <summary>Policy: an API key.</summary>
    public const string Administrators = "Administrators";

    /// <summary>Policy: an API key, or the manage token of the user named by the route's <c>id</c>.</summary>
    public const string OwnUser = "OwnUser";

    /// <summary>Policy: an API key, or any user's manage token.</summary>
    public const string Known = "Known";

    const string Either = "Either";

    public static IServiceCollection AddAlertsAccess(this IServiceCollection services)
    {
        services.AddOptions<GatewayOptions>().Validate(
            options => options.ApiKeys.All(hash => hash.Length == 64 && hash.All(char.IsAsciiHexDigit)),
            $"{AlertsOptions.Section}:{nameof(GatewayOptions.ApiKeys)} holds SHA-256 hashes of 64 hex digits, not keys; `hash-key` makes "
            + $"them.");
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<ApiKeyUse>();
        services.AddOptions<GatewayOptions>().Validate(
            options => options.NamedKeys.All(key => Validator.TryValidateObject(key, new ValidationContext(key), null,
                validateAllProperties: true))
                && options.NamedKeys.DistinctBy(key => key.Name, StringComparer.Ordinal).Count() == options.NamedKeys.Count,
            $"{AlertsOptions.Section}:{nameof(GatewayOptions.NamedKeys)} holds keys with a Name of 1 to 40 of A-Z a-z 0-9 . _ - that no "
            + $"other has, "
                + "a Hash of 64 hex digits, which `hash-key` makes, and a Scope: Read, Enrol or Admin.");
        services.AddAuthenticationCore(options => options.DefaultScheme = Either);
        services.AddWebEncoders();
        new AuthenticationBuilder(services)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKey, null)
            .AddScheme<AuthenticationSchemeOptions, ManageTokenHandler>(ManageToken, null)
            .AddScheme<AuthenticationSchemeOptions, SessionHandler>(SessionHandler.Name, null)
            .AddPolicyScheme(Either, null, policy => policy.ForwardDefaultSelector = SchemeOf);
        services.AddAuthorizationBuilder()
            .AddPolicy(Administrators, policy => policy.RequireClaim(AccessClaims.Role, AccessClaims.Administrator))
            .AddPolicy(Known, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(OwnUser, policy => policy.RequireAuthenticatedUser().RequireAssertion(IsOwnUserOrAdministrator));
        return services;
    }

    /// <summary>One header decides. A caller who sends both is an administrator. A cookie works only for pages.</summary>
    static string SchemeOf(HttpContext context) => context.Request.Headers.ContainsKey(ApiKeyHandler.Header) ? ApiKey
        : !PagesHosting.IsPage(context) ? ManageToken
        : Operators.AreAsked(context) ? Operators.Pages
        : SessionHandler.Name;

    static bool IsOwnUserOrAdministrator(AuthorizationHandlerContext context) =>
        context.User.IsAdministrator()
        || (context.Resource is HttpContext request && context.User.OwnUserId() is { } own && own == request.GetRouteValue("id") as string);
}
