namespace Alerts.Gateway.Access.OperatorSignIn;

/// <summary>A cookie that is sent only to one part of the site, below the path of the public address.</summary>
sealed class PathCookie(string path) : CookieBuilder
{
    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var options = base.Build(context, expiresFrom);
        options.Path = context.Request.PathBase + path;
        return options;
    }
}
