using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Alerts.Demo.Faults;

/// <summary>The faults of a demo server over HTTP: read them, add one, replace them all, clear them.</summary>
static class FaultEndpoints
{
    const string Path = "/demo/faults";

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static void MapFaults<TFault>(this IEndpointRouteBuilder routes, FaultBoard<TFault> board)
        where TFault : Fault
    {
        routes.MapGet(Path, context => context.Response.WriteAsJsonAsync(board.Active, Json));
        routes.MapPost(Path, context => ChangeAsync<TFault, TFault>(context, board, board.Add));
        routes.MapPut(Path, context => ChangeAsync<TFault, List<TFault>>(context, board, board.Replace));
        routes.MapDelete(Path, context =>
        {
            board.Clear();
            return context.Response.WriteAsJsonAsync(board.Active, Json);
        });
    }

    /// <summary>Only JSON is taken, which a page of another origin cannot send without being asked for permission first.</summary>
    static async Task ChangeAsync<TFault, TBody>(HttpContext context, FaultBoard<TFault> board, Action<TBody> change)
        where TFault : Fault
    {
        if (!context.Request.HasJsonContentType())
        {
            await RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType, "Send application/json.");
            return;
        }
        try
        {
            var body = await context.Request.ReadFromJsonAsync<TBody>(Json, context.RequestAborted);
            change(body ?? throw new ArgumentException("The body must not be null."));
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, exception.Message);
            return;
        }
        await context.Response.WriteAsJsonAsync(board.Active, Json);
    }

    static Task RefuseAsync(HttpContext context, int status, string why)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error = why }, Json);
    }
}
