using System.Data.Common;
using System.Net;
using Alerts.Channels;
using Alerts.Configuration;
using Alerts.Email;
using Alerts.Mail;
using Alerts.Reminders.Spread;
using Alerts.Runs;
using Alerts.Search;
using Alerts.SharedData;
using Alerts.Silo.Databases;
using Alerts.Silo.Examinations;
using Alerts.Silo.Keys;
using Alerts.Silo.Membership;
using Alerts.Silo.Shutdown;
using Alerts.Silo.Streaming;
using Alerts.Silo.Transport;
using Alerts.Sql;
using Microsoft.Extensions.Options;
using Orleans.Clustering.Redis;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Serialization;
using Orleans.Serialization.Configuration;
using Orleans.Streams;

namespace Alerts.Silo;

/// <summary>Adds a silo, or a client of the cluster, to a host. The only place that names Orleans' providers.</summary>
public static class SiloHosting
{
    /// <summary>Queues of the memory streams, which are read in parallel. A stream's events stay in one queue, in order.</summary>
    const int StreamQueues = 8;

    /// <summary>Events passed to a consumer in one call.</summary>
    const int StreamEventsPerDelivery = 64;

    /// <summary>
    /// How long a gateway waits for a grain before it answers 503. A call to a silo that is killed gets no answer. The cluster notices the
    /// loss within about ten seconds; a call after that is served.
    /// </summary>
    static readonly TimeSpan clientPatience = TimeSpan.FromSeconds(10);

    /// <summary>How long an event is offered to a consumer that fails before it is dropped: longer than a database outage.</summary>
    static readonly TimeSpan StreamDeliveryTime = TimeSpan.FromDays(1);

    /// <summary>
    /// Adds a silo with all its grains: alone on SQLite files in embedded mode, with Redis and MySQL in cluster mode. The first hosted
    /// service it adds migrates the databases; add services that use them after this call.
    /// </summary>
    public static IHostApplicationBuilder AddAlertsSilo(this IHostApplicationBuilder builder)
    {
        var mode = builder.AddAlertsOptions();
        var services = builder.Services;
        services.AddAlertsDatabases(builder.Configuration.Database());
        services.AddSingleton<DatabaseMigration>().AddHostedService(provider => provider.GetRequiredService<DatabaseMigration>());
        services.AddSingleton<AfterRestore>();
        services.AddAlertsGrains();
        services.AddAlertsKeys();
        services.AddAlertsExaminations(mode);
        // Each instrument is there from the start: an alert rule sees no rise from nothing to one.
        services.AddSingleton<MembershipMetrics>().ActivateSingleton<MembershipMetrics>().ActivateSingleton<DispatchMetrics>()
            .ActivateSingleton<RunMetrics>().ActivateSingleton<SearchMetrics>().ActivateSingleton<MailMetrics>()
            .ActivateSingleton<ChannelMetrics>().ActivateSingleton<SharedDataMetrics>();
        services.AddGracefulShutdown();
        // Orleans places each activation through Polly, which would log two lines for each; for every retried search it would log a page
        // where we log a line.
        builder.Logging.AddFilter("Polly", LogLevel.Error);

        var free = new FreePorts();
        builder.UseOrleans(silo =>
        {
            silo.AddActivityPropagation();
            silo.AddDashboard(Sparing);
            if (mode is AlertsMode.Cluster)
            {
                silo.UseRedisClustering(_ => { });
                silo.UseTls();
                SiloPorts.ShareNone(silo.Services);
                silo.Services.AddHostedService<MembershipKeeper>();
                silo.Services.AddOptions<EndpointOptions>()
                    .Configure<IOptions<AlertsOptions>>((endpoint, options) => Place(endpoint, options.Value, free));
            }
            else
            {
                silo.UseLocalhostClustering(gatewayPort: 0);
                SiloPorts.CloseAll(silo.Services);
            }

            silo.Services.AddOptions<RedisClusteringOptions>().Configure<IOptions<AlertsOptions>>(UseRedis);
            silo.Services.AddOptions<ClusterOptions>().Configure<IOptions<AlertsOptions>>(NameCluster);

            silo.AddAlertsStorage();
            silo.UseAdoNetReminderService(reminders => reminders.Configure<IServiceProvider>((options, services) =>
            {
                options.Invariant = services.GetRequiredService<SqlDialect>().Invariant;
                options.DataSource = AlertsDatabase(services);
            }));
            silo.Services.AddOptions<ReminderOptions>().Configure<IOptions<AlertsOptions>>(FitPeriod);

            silo.AddPersistentStreams(Streams.Provider, BoundedMemoryStreams.Create, streams =>
            {
                streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly);
                streams.ConfigurePullingAgent(agent => agent.Configure<IOptions<SharedDataOptions>>((options, shared) =>
                {
                    options.GetQueueMsgsTimerPeriod = shared.Value.FlushAge;
                    options.BatchContainerBatchSize = StreamEventsPerDelivery;
                    options.MaxEventDeliveryTime = StreamDeliveryTime;
                }));
            });
            silo.Services.AddOptions<HashRingStreamQueueMapperOptions>(Streams.Provider)
                .Configure(options => options.TotalQueueCount = StreamQueues);
        });
        AfterHttp.Start(services);
        return builder;
    }

    /// <summary>Adds a client of the cluster, for a gateway process in cluster mode.</summary>
    public static IHostApplicationBuilder AddAlertsClient(this IHostApplicationBuilder builder)
    {
        builder.AddAlertsOptions();
        builder.Services.AddAlertsDatabases(builder.Configuration.Database());
        builder.Services.AddAlertsKeys();
        builder.Services.AddGracefulShutdown();
        builder.UseOrleansClient(client =>
        {
            client.AddActivityPropagation();
            client.AddDashboard(Sparing);
            client.UseRedisClustering(_ => { });
            client.UseTls();
            client.Services.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = clientPatience);
            client.Services.AddOptions<RedisClusteringOptions>().Configure<IOptions<AlertsOptions>>(UseRedis);
            client.Services.AddOptions<ClusterOptions>().Configure<IOptions<AlertsOptions>>(NameCluster);
        });
        AfterHttp.Start(builder.Services);
        return builder;
    }

    static AlertsMode AddAlertsOptions(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSettings<AlertsOptions>(AlertsOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<AlertsOptions>, AlertsOptionsValidator>();
        builder.Services.AddTlsSettings();
        builder.Services.Configure<TypeManifestOptions>(AllowCommands);
        return builder.Configuration.Mode();
    }

    static void UseRedis(RedisClusteringOptions redis, IOptions<AlertsOptions> options)
    {
        if (RedisConnection.Of(options.Value) is { } connection)
            redis.ConfigurationOptions = connection;
    }

    static void NameCluster(ClusterOptions cluster, IOptions<AlertsOptions> options)
    {
        cluster.ClusterId = options.Value.ClusterId;
        cluster.ServiceId = options.Value.ServiceId;
    }

    static void Place(EndpointOptions endpoint, AlertsOptions options, FreePorts free)
    {
        endpoint.SiloPort = options.SiloPort is 0 ? free.First : options.SiloPort;
        endpoint.GatewayPort = options.GatewayPort is 0 ? free.Second : options.GatewayPort;
        if (options.SiloAddress is { } address)
            endpoint.AdvertisedIPAddress = IPAddress.Parse(address);
    }

    /// <summary>Logs belong to the log collector; the dashboard would stream all levels.</summary>
    static void Sparing(DashboardOptions dashboard)
    {
        dashboard.HideTrace = true;
        // Even when nobody looks, each sample reads all instruments, and Orleans' instruments count all grains.
        dashboard.CounterUpdateIntervalMs = 10_000;
    }

    static void FitPeriod(ReminderOptions reminders, IOptions<AlertsOptions> options)
    {
        var period = options.Value.ReminderPeriod;
        // Orleans refuses shorter periods than this, and warns about periods under its own default of one minute.
        if (period < reminders.MinimumReminderPeriod)
            reminders.MinimumReminderPeriod = period;
        // A silo may miss a reminder while the store is away, or while silos change during an enrolment. It then reads it within a period.
        if (period < reminders.RefreshReminderListPeriod)
            reminders.RefreshReminderListPeriod = period;
    }

    /// <summary>
    /// Lists the types that a gateway sends to all silos through Orleans' control command. The call names the type, and Orleans sends only
    /// listed names to another process. Within one process nothing is serialized, so only tests with real processes find a missing one.
    /// </summary>
    static void AllowCommands(TypeManifestOptions types)
    {
        types.AddAllowedType(typeof(CallBudget));
        types.AddAllowedType(typeof(DeliveryFailures));
    }

    static DbDataSource AlertsDatabase(IServiceProvider services) => services.GetRequiredKeyedService<DbDataSource>(DatabaseKeys.Orleans);
}
