namespace Alerts.Gateway.Documentation;

/// <summary>The API document at <c>/openapi/v1.json</c> and the page that can call it at <c>/docs/swagger</c>.</summary>
static class Documentation
{
    public static IServiceCollection AddAlertsDocumentation(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddSchemaTransformer(SchemaRules.ApplyAsync);
        options.AddOperationTransformer(OperationRules.ApplyAsync);
        options.AddDocumentTransformer(DocumentRules.ApplyAsync);
    });

    public static void MapAlertsDocumentation(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs/swagger";
            page.SwaggerEndpoint("/openapi/v1.json", "Alerts v1");
            page.DocumentTitle = "Alerts API";
            page.EnablePersistAuthorization();
        });
    }
}
