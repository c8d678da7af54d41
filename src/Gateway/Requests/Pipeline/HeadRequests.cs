namespace Alerts.Gateway.Requests.Pipeline;

/// <summary>HEAD is answered wherever GET is: routed as one, while the server keeps the body to itself.</summary>
static class HeadRequests
{
    static readonly object mark = new();

    /// <summary>Whether the request was a HEAD.</summary>
    public static bool IsHead(this HttpContext context) => context.Items.ContainsKey(mark);

    /// <summary>Before routing.</summary>
    public static void UseHeadAsGet(this WebApplication app) => app.Use((context, next) =>
    {
        if (HttpMethods.IsHead(context.Request.Method))
            (context.Request.Method, context.Items[mark]) = (HttpMethods.Get, mark);
        return next(context);
    });
}
