namespace Alerts.Gateway.Requests.Pipeline;

/// <summary>Answers HEAD on every path that answers GET: it is routed as GET, and the server does not send the body.</summary>
static class HeadRequests
{
    static readonly object mark = new();

    /// <summary>Whether the request was a HEAD.</summary>
    public static bool IsHead(this HttpContext context) => context.Items.ContainsKey(mark);

    /// <summary>Call before routing.</summary>
    public static void UseHeadAsGet(this WebApplication app) => app.Use((context, next) =>
    {
        if (HttpMethods.IsHead(context.Request.Method))
            (context.Request.Method, context.Items[mark]) = (HttpMethods.Get, mark);
        return next(context);
    });
}
