using Alerts.Configuration;
using Alerts.Gateway.Pages.Links;
using Alerts.Gateway.Pages.Mine;
using Alerts.Gateway.Pages.Shared;
using Alerts.Gateway.Pages.SignIn;
using Alerts.Gateway.Pages.Start;
using Alerts.Silo.Keys;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Pages.Hosting;

/// <summary>The pages for people: Razor components, rendered here and sent as plain HTML that works without a script.</summary>
static class PagesHosting
{
    const string AntiforgeryCookie = "alerts-form";

    public static IServiceCollection AddAlertsPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.ReadKeysAtFirstUse();
        services.AddHttpContextAccessor();
        services.AddScoped<Visitor>();
        services.AddSingleton<PageAssets>();
        services.AddSingleton<PageHeaders>();
        services.AddSettings<PagesOptions>(PagesOptions.Section);
        services.AddSingleton<Sessions>();
        services.AddSingleton<SignInMails>();
        services.AddSingleton<Enrolments>();
        services.AddSingleton<SettingsEditor>();
        services.AddSingleton<LeavingOut>();
        services.AddSingleton<PriceLines>();
        // It warns for each page with a form that the page is not to be cached, which is so for all of ours.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error));
        services.AddOptions<AntiforgeryOptions>().Configure<IOptions<AlertsOptions>>((antiforgery, alerts) =>
        {
            antiforgery.Cookie.Name = AntiforgeryCookie;
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = alerts.Value.CookiePolicy();
        });
        return services;
    }

    public static void MapAlertsPages(this WebApplication app)
    {
        PageAssets.Map(app);
        LinkActions.Map(app);
        SignInActions.Map(app);
        DataExport.Map(app);
        app.MapRazorComponents<App>().Add(AnswerHead);
    }

    /// <summary>Call after routing and authentication, before the pages.</summary>
    public static void UseAlertsPages(this WebApplication app)
    {
        var headers = app.Services.GetRequiredService<PageHeaders>();
        app.Use((context, next) =>
        {
            if (IsPage(context))
                headers.Write(context);
            return next(context);
        });
        app.UseAntiforgery();
    }

    /// <summary>Cookies are sent only over TLS if the public address uses it.</summary>
    public static CookieSecurePolicy CookiePolicy(this AlertsOptions alerts) =>
        alerts.PublicUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase)
            ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;

    /// <summary>Whether the request is for a page.</summary>
    public static bool IsPage(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;

    /// <summary>HEAD is answered for every path that answers GET.</summary>
    static void AnswerHead(EndpointBuilder page)
    {
        for (var i = 0; i < page.Metadata.Count; i++)
        {
            if (page.Metadata[i] is HttpMethodMetadata { HttpMethods: var methods } && methods.Contains(HttpMethods.Get))
                page.Metadata[i] = new HttpMethodMetadata([.. methods, HttpMethods.Head]);
        }
    }
}
