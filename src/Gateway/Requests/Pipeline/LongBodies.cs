namespace Alerts.Gateway.Requests.Pipeline;

/// <summary>
/// Adds <c>Connection: close</c> to the answer to a body that is too long for Kestrel to receive to its end. Kestrel then closes the
/// connection, and without the header a caller would send its next request into it.
/// </summary>
static class LongBodies
{
    public static void UseLongBodies(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.Request.ContentLength > GatewayOptions.MaximumDrainedBytes && HttpProtocol.IsHttp11(context.Request.Protocol))
            // Set when the answer starts: an error's answer removes headers set before.
            context.Response.OnStarting(() =>
            {
                context.Response.Headers.Connection = "close";
                return Task.CompletedTask;
            });
        return next(context);
    });
}
