namespace Alerts.Demo.Marketplace;

/// <summary>Ways the endpoints answer.</summary>
static class Answers
{
    public static ValueTask JsonAsync(HttpContext context, ReadOnlyMemory<byte> json, int status = StatusCodes.Status200OK)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = json.Length;
        var written = response.BodyWriter.WriteAsync(json, context.RequestAborted);
        return written.IsCompletedSuccessfully ? ValueTask.CompletedTask : Awaited(written.AsTask());

        static async ValueTask Awaited(Task task) => await task;
    }

    public static ValueTask ErrorAsync(HttpContext context, int status, BrowseError error) =>
        JsonAsync(context, BrowseJson.Errors(error), status);
}
