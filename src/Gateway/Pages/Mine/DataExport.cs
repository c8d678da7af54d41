using Alerts.Gateway.Pages.Hosting;
using Alerts.Gateway.Users;

namespace Alerts.Gateway.Pages.Mine;

/// <summary>Everything stored about the signed-in person, as a JSON file.</summary>
static class DataExport
{
    public static void Map(WebApplication app) => app.MapGet("/settings/export", ExportAsync).ExcludeFromDescription();

    static async Task<IResult> ExportAsync(HttpContext context, Sessions sessions, IGrainFactory grains)
    {
        if (await sessions.FindAsync(context) is not { } signedIn)
            return new SeeOther(context.Request.PathBase + "/sign-in");
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"alerts.json\"";
        return Results.Json(await ExportApi.ReadAsync(signedIn.User, grains));
    }
}
