namespace Alerts.Gateway.Requests.Pipeline;

/// <summary>HEAD is answered wherever GET is: routed as one, while the server keeps the body to itself.</summary>
static class HeadRequests
{
    /// <summary>Before routing.</summary>
    public static void UseHeadAsGet(this WebApplication app) => app.Use((context, next) =>
    {
        if (HttpMethods.IsHead(context.Request.Method))
            context.Request.Method = HttpMethods.Get;
        return next(context);
    });
}
