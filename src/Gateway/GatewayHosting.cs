using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Alerts.Channels;
using Alerts.Configuration;
using Alerts.Gateway.Access;
using Alerts.Gateway.Access.OperatorSignIn;
using Alerts.Gateway.Admin;
using Alerts.Gateway.Audit;
using Alerts.Gateway.Channels;
using Alerts.Gateway.Cluster;
using Alerts.Gateway.Documentation;
using Alerts.Gateway.Ebay;
using Alerts.Gateway.Errors;
using Alerts.Gateway.Events;
using Alerts.Gateway.Feeds;
using Alerts.Gateway.Health;
using Alerts.Gateway.Limits;
using Alerts.Gateway.Mails;
using Alerts.Gateway.Pages.Hosting;
using Alerts.Gateway.Products;
using Alerts.Gateway.Requests.Json;
using Alerts.Gateway.Requests.Pipeline;
using Alerts.Gateway.Users;
using Alerts.Gateway.Users.Searches;
using Alerts.Settings;
using Alerts.Silo;
using Alerts.Silo.Observability;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Tokens;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway;

/// <summary>The gateway as a component: Program.cs runs it alone; the demonstration runs it beside its marketplace and mailbox.</summary>
public static class GatewayHosting
{
    /// <summary>Adds the gateway, with a silo inside in embedded mode, or as a client of the cluster.</summary>
    public static WebApplicationBuilder AddAlertsGateway(this WebApplicationBuilder builder)
    {
        if (builder.Configuration.Mode() is AlertsMode.Cluster)
            builder.AddAlertsClient();
        else
            builder.AddAlertsSilo();
        builder.AddAlertsObservability("alerts-gateway");

        var services = builder.Services;
        services.AddSettings<GatewayOptions>(AlertsOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.AddLinkTokens();
        services.ConfigureHttpJsonOptions(options => UseStrictJson(options.SerializerOptions));
        services.AddAlertsForwarding();
        services.AddAlertsErrors();
        services.AddAlertsAccess();
        services.AddAlertsOperators(builder.Configuration);
        services.AddAlertsAudit();
        services.AddAlertsRateLimits();
        services.AddAlertsCors();
        services.AddSingleton<DocumentReader>();
        services.AddSingleton<SettingsWriter>();
        services.AddSettings<ChannelOptions>(ChannelOptions.Section);
        services.AddSingleton<ChannelLimits>();
        services.AddHostedService<TelegramRegistration>();
        services.AddAlertsHealth();
        services.AddAlertsProducts(builder.Configuration);
        services.AddAlertsEvents();
        services.AddAlertsAdmin();
        services.AddSingleton<FeedLinks>();
        services.AddAlertsPages();
        services.AddAlertsDashboard();
        services.AddAccountDeletion();
        services.AddAlertsDocumentation();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<GatewayOptions>>((kestrel, gateway) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = GatewayOptions.MaximumDrainedBytes;
            kestrel.Limits.MaxConcurrentConnections = gateway.Value.MaxConnections;
        });
        return builder;
    }

    /// <summary>Sets up the request pipeline and maps every operation.</summary>
    public static WebApplication UseAlertsGateway(this WebApplication app)
    {
        app.UseAlertsForwarding();
        app.UseMiddleware<RequestIdMiddleware>();
        app.UseVersion1();
        app.UseLongBodies();
        app.UseSecurityHeaders();
        app.UseAlertsErrors();
        app.UseStart();
        app.UseHeadAsGet();
        app.UsePublicPath();
        app.UseCors();
        app.UseAuthentication();
        app.UseAlertsRateLimits();
        app.UseAuthorization();
        app.UseScopes();
        app.UseAlertsAudit();
        app.UseAlertsPages();

        var v1 = app.MapGroup(Version1.Path);
        v1.MapEnrolment();
        v1.MapUsers();
        v1.MapService();
        v1.MapSearches();
        v1.MapSearchLinks();
        v1.MapActivity();
        v1.MapChannels();
        v1.MapFeedAddresses();
        v1.MapExport();
        v1.MapProducts();
        v1.MapMailFailures();
        v1.MapSuppressions();
        v1.MapAudit();
        v1.MapEvents();
        v1.MapApiKeys();
        v1.MapAdmin();
        v1.MapCluster();
        app.MapAlertsPages();
        app.MapOpenIdConnectSignIn();
        app.MapFeeds();
        app.MapAccountDeletion();
        app.MapTelegramUpdates();
        app.MapAlertsDashboard();
        app.MapAlertsHealth();
        app.MapAlertsVersion();
        app.MapAlertsMetrics()?.RequireAuthorization(AccessPolicies.Administrators);
        app.MapAlertsDocumentation();
        return app;
    }

    /// <summary>Fields missing in a document: a new search gets quieter defaults than stored searches, which keep theirs.</summary>
    static void StartNewSearches(JsonTypeInfo type)
    {
        if (type.Type == typeof(AlertRules))
            type.CreateObject = static () => AlertRules.ForNewSearches with { };
        else if (type.Type == typeof(SearchSettings))
            type.CreateObject = static () => new SearchSettings { Phrase = "", Rules = AlertRules.ForNewSearches };
    }

    /// <summary>A field outside the contract is an error: a misspelt field would otherwise be a setting silently lost.</summary>
    static void UseStrictJson(JsonSerializerOptions json)
    {
        json.TypeInfoResolver = (json.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(StartNewSearches);
        json.Converters.Add(new ApiNameJson<NotifyMode>());
        json.Converters.Add(new ApiNameJson<NotificationKind>());
        json.PropertyNameCaseInsensitive = false;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.RespectNullableAnnotations = true;
        json.RespectRequiredConstructorParameters = true;
        json.AllowDuplicateProperties = false;
        json.MaxDepth = GatewayOptions.MaximumJsonDepth;
        json.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
    }
}
