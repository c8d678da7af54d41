using System.Security.Claims;
using System.Text.RegularExpressions;
using Alerts.Configuration;
using Alerts.Gateway.Pages.Hosting;
using Alerts.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Access.OperatorSignIn;

/// <summary>
/// Operators in a browser. One sign-in, with an API key or at an identity provider, gives two cookies for an hour: one for the operators'
/// pages, one for the dashboard, whose scripts are not ours. Programs send the key.
/// </summary>
static partial class Operators
{
    /// <summary>The path of the operators' pages.</summary>
    public const string Path = "/admin";

    /// <summary>The authentication scheme at the operators' pages.</summary>
    public const string Pages = "Operators";

    /// <summary>The authentication scheme at the dashboard.</summary>
    public const string Dashboard = "Dashboard";

    const string SignInPath = Path + "/sign-in";

    public static IServiceCollection AddAlertsOperators(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOperatorCookie(Pages, Path, "alerts-operator", LinkPurpose.Operator);
        services.AddOperatorCookie(Dashboard, "/dashboard", "alerts-dashboard", LinkPurpose.Dashboard);
        return services.AddOpenIdConnectSignIn(configuration);
    }

    /// <summary>Whether the request is for one of the operators' pages.</summary>
    public static bool AreAsked(HttpContext context) => context.Request.Path.StartsWithSegments(Path);

    /// <summary>An operator, with the name of the API key or from the identity provider.</summary>
    public static ClaimsPrincipal Named(string name) => new(new ClaimsIdentity(
        [new Claim(AccessClaims.Role, AccessClaims.Administrator), new Claim(AccessClaims.Subject, name)], Pages, AccessClaims.Subject,
            AccessClaims.Role));

    /// <summary>Signs this browser in. Code that runs later, such as the audit log, sees the operator.</summary>
    public static async Task SignInAsync(HttpContext context, string name)
    {
        context.User = Named(name);
        await context.SignInAsync(Pages, context.User);
        await context.SignInAsync(Dashboard, context.User);
    }

    /// <summary>Signs this browser out.</summary>
    public static async Task SignOutAsync(HttpContext context)
    {
        await context.SignOutAsync(Pages);
        await context.SignOutAsync(Dashboard);
    }

    /// <summary>The page after a sign-in, relative to the pages' base: the wanted one, if it is for operators.</summary>
    public static string Destination(string? wanted) => wanted is not null && ForOperators.IsMatch(wanted) ? wanted[1..] : Path[1..];

    static void AddOperatorCookie(this IServiceCollection services, string scheme, string path, string name, LinkPurpose purpose)
    {
        new AuthenticationBuilder(services).AddCookie(scheme);
        services.AddOptions<CookieAuthenticationOptions>(scheme)
            .Configure<LinkTokens, ApiKeys, IOptions<OpenIdConnectSignInOptions>, IOptions<AlertsOptions>>(
            (options, tokens, keys, provider, alerts) =>
            {
                options.TicketDataFormat = new OperatorTickets(tokens, keys, provider, purpose, scheme);
                options.SlidingExpiration = false;
                // The cookie is sent only to this part of the site, and is hidden from scripts and other sites.
                options.Cookie = new PathCookie(path)
                {
                    Name = name, HttpOnly = true, SameSite = SameSiteMode.Strict, SecurePolicy = alerts.Value.CookiePolicy(),
                        IsEssential = true,
                };
                options.Events.OnRedirectToLogin = LeadToSignIn;
            });
    }

    /// <summary>People get the sign-in page; the dashboard's scripts and other programs get a refusal.</summary>
    static Task LeadToSignIn(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        if (!AreAsked(context.HttpContext)
            && !request.Headers.Accept.Any(type => type?.Contains("text/html", StringComparison.Ordinal) is true))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        var wanted = HttpMethods.IsGet(request.Method) && ForOperators.IsMatch(request.Path.Value!) && request.Path != Path
            ? $"?to={request.Path.Value}" : "";
        return new SeeOther(request.PathBase + SignInPath + wanted).ExecuteAsync(context.HttpContext);
    }

    [GeneratedRegex(@"\A/(?:admin|dashboard)(?:/[A-Za-z0-9-]*)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex ForOperators { get; }
}
