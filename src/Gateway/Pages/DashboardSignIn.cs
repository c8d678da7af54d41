using System.Globalization;
using Alerts.Gateway.Access;
using Alerts.Gateway.Cluster;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace Alerts.Gateway.Pages;

/// <summary>The page at which a person exchanges an API key for the dashboard's cookie.</summary>
static class DashboardSignIn
{
    public const string Path = DashboardHosting.Path + "/sign-in";

    const string Form = "<form method=\"post\"><p><label>API key<br><input name=\"key\" type=\"password\" autocomplete=\"current-password\" required autofocus></label></p><button>Sign in</button></form>";

    public static void MapDashboardSignIn(this WebApplication app)
    {
        app.MapGet(Path, () => Page.Of("Cluster dashboard", Form)).ExcludeFromDescription();
        app.MapPost(Path, SignInAsync).DisableAntiforgery().ExcludeFromDescription();
    }

    static async Task<IResult> SignInAsync([FromForm] string? key, ApiKeys keys, HttpContext context)
    {
        if (keys.IndexOf(key?.Trim() ?? "") is not (>= 0 and var index))
            return Page.Of("Cluster dashboard", "<p>This key is not known.</p>" + Form, StatusCodes.Status401Unauthorized);
        await context.SignInAsync(DashboardHosting.Cookie, DashboardTickets.Administrator($"key-{index.ToString(CultureInfo.InvariantCulture)}"));
        return Results.Redirect(DashboardHosting.Path + "/");
    }
}
