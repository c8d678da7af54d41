namespace Alerts.Gateway.Requests.Pipeline;

/// <summary>
/// Says <c>Connection: close</c> in the answer to a body so long that Kestrel will not receive it to its end: it closes the connection then, and a
/// caller who is not told sends the next request into it.
/// </summary>
static class LongBodies
{
    public static void UseLongBodies(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.Request.ContentLength > GatewayOptions.MaximumDrainedBytes && HttpProtocol.IsHttp11(context.Request.Protocol))
            // Set when the answer starts: an error's answer throws away the headers set before.
            context.Response.OnStarting(() =>
            {
                context.Response.Headers.Connection = "close";
                return Task.CompletedTask;
            });
        return next(context);
    });
}
