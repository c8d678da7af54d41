namespace Alerts.Gateway.Documentation;

/// <summary>The API document at <c>/openapi/v1.json</c> and the page that can call it at <c>/docs/swagger</c>.</summary>
static class Documentation
{
    const string Document = "/openapi/v1.json";

    public static IServiceCollection AddAlertsDocumentation(this IServiceCollection services) => services.AddOpenApi("v1");

    public static void MapAlertsDocumentation(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs/swagger";
            page.SwaggerEndpoint(Document, "Alerts v1");
            page.DocumentTitle = "Alerts API";
        });
    }
}
