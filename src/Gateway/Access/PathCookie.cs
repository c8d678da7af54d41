namespace Alerts.Gateway.Access;

/// <summary>A cookie that goes to one part of the site alone, below the path at which people reach the service.</summary>
sealed class PathCookie(string path) : CookieBuilder
{
    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var options = base.Build(context, expiresFrom);
        options.Path = context.Request.PathBase + path;
        return options;
    }
}
