using System.Security.Claims;
using Alerts.Configuration;
using Alerts.Gateway.Pages.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Alerts.Gateway.Access.OperatorSignIn;

/// <summary>Operators sign in at an identity provider (OpenID Connect, code flow with PKCE), if one is configured.</summary>
static partial class OpenIdConnectSignIn
{
    /// <summary>The prefix of the names of operators from the provider: no API key's name has a colon.</summary>
    public const string NamePrefix = "oidc:";

    const string Scheme = "OpenIdConnect";
    const int MaxNameLength = 40;
    static readonly TimeSpan patience = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddOpenIdConnectSignIn(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<OpenIdConnectSignInOptions>(OpenIdConnectSignInOptions.Section);
        if (configuration[$"{OpenIdConnectSignInOptions.Section}:{nameof(OpenIdConnectSignInOptions.Authority)}"] is not { Length: > 0 })
            return services;
        services.AddAuthentication().AddOpenIdConnect(Scheme, null, _ => { });
        services.AddOptions<OpenIdConnectOptions>(Scheme)
            .Configure<IOptions<OpenIdConnectSignInOptions>, IOptions<AlertsOptions>>(Configure);
        return services;
    }

    public static void MapOpenIdConnectSignIn(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<OpenIdConnectSignInOptions>>().Value.IsOn)
            app.MapGet($"{Operators.Path}/sign-in/openid", StartAsync).ExcludeFromDescription();
    }

    static void Configure(OpenIdConnectOptions options, IOptions<OpenIdConnectSignInOptions> settings, IOptions<AlertsOptions> alerts)
    {
        var provider = settings.Value;
        options.Authority = provider.Authority;
        options.RequireHttpsMetadata = !new Uri(provider.Authority!).IsLoopback;
        options.ClientId = provider.ClientId;
        options.ClientSecret = provider.ClientSecret;
        options.CallbackPath = $"{Operators.Path}/sign-in/callback";
        options.SignInScheme = Operators.Pages;
        options.ResponseType = OpenIdConnectResponseType.Code;
        // The answer comes by a link, so the cookies of the sign-in need not be sent with another site's forms.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.CorrelationCookie.SameSite = options.NonceCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.SecurePolicy = options.NonceCookie.SecurePolicy = alerts.Value.CookiePolicy();
        options.BackchannelTimeout = patience;
        options.MapInboundClaims = false;
        options.Events.OnTicketReceived = context => LetInAsync(context, provider);
        options.Events.OnRemoteFailure = RefuseAsync;
    }

    static async Task<IResult> StartAsync(HttpContext context, ILogger<OpenIdConnectHandler> logger, string? to = null)
    {
        try
        {
            await context.ChallengeAsync(Scheme,
                new AuthenticationProperties { RedirectUri = $"{context.Request.PathBase}/{Operators.Destination(to)}" });
            return Results.Empty;
        }
        catch (Exception fault) when (fault is InvalidOperationException or HttpRequestException or IOException or TaskCanceledException)
        {
            // The provider cannot be reached: operators can still sign in with an API key.
            LogAway(logger, fault);
            return SignInPage(context, "away");
        }
    }

    /// <summary>The provider identifies the person; the configured claim decides whether the person is an operator.</summary>
    static async Task LetInAsync(TicketReceivedContext context, OpenIdConnectSignInOptions provider)
    {
        context.HandleResponse();
        if (!context.Principal!.HasClaim(provider.Claim, provider.ClaimValue!))
        {
            await SignInPage(context.HttpContext, "refused").ExecuteAsync(context.HttpContext);
            return;
        }

        await Operators.SignInAsync(context.HttpContext, NamePrefix + NameOf(context.Principal, provider.NameClaim));
        await new SeeOther(context.ReturnUri!).ExecuteAsync(context.HttpContext);
    }

    static async Task RefuseAsync(RemoteFailureContext context)
    {
        context.HandleResponse();
        LogRefused(context.HttpContext.RequestServices.GetRequiredService<ILogger<OpenIdConnectHandler>>(), context.Failure);
        await SignInPage(context.HttpContext, "failed").ExecuteAsync(context.HttpContext);
    }

    static SeeOther SignInPage(HttpContext context, string why) => new($"{context.Request.PathBase}{Operators.Path}/sign-in?not={why}");

    /// <summary>Removes everything after an at sign: the name must not be an address.</summary>
    static string NameOf(ClaimsPrincipal principal, string claim)
    {
        var name = principal.FindFirstValue(claim) ?? principal.FindFirstValue(AccessClaims.Subject) ?? "";
        var plain = new string([.. name.Split('@')[0]
            .Where(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-')]);
        return plain.Length <= MaxNameLength ? plain : plain[..MaxNameLength];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The identity provider of operators does not answer")]
    static partial void LogAway(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in of an operator at the identity provider failed")]
    static partial void LogRefused(ILogger logger, Exception? fault);
}
