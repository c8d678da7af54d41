namespace Alerts.Silo;

/// <summary>
/// A hosted service that starts when HTTP is bound. If the port is taken, the process ends before its silo has joined and taken reminders
/// over. Probes are answered while the silo starts. The service stops in its usual order, after HTTP.
/// </summary>
sealed class AfterHttp(IHostedService service) : IHostedLifecycleService
{
    readonly IHostedLifecycleService? lifecycle = service as IHostedLifecycleService;

    /// <summary>Makes all hosted services registered so far start after HTTP, in their order.</summary>
    public static void Start(IServiceCollection services)
    {
        for (var index = 0; index < services.Count; index++)
        {
            var registered = services[index];
            // The host supervises background services by their type, so they are not wrapped; ours begin their work an hour later anyway.
            if (registered.ServiceType == typeof(IHostedService)
                && !typeof(BackgroundService).IsAssignableFrom(registered.ImplementationType))
                services[index] = ServiceDescriptor.Singleton<IHostedService>(provider => new AfterHttp(Create(registered, provider)));
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => lifecycle?.StartingAsync(cancellationToken) ?? Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await service.StartAsync(cancellationToken);
        if (lifecycle is not null)
            await lifecycle.StartedAsync(cancellationToken);
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => lifecycle?.StoppingAsync(cancellationToken) ?? Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => service.StopAsync(cancellationToken);

    public Task StoppedAsync(CancellationToken cancellationToken) => lifecycle?.StoppedAsync(cancellationToken) ?? Task.CompletedTask;

    static IHostedService Create(ServiceDescriptor registered, IServiceProvider provider) =>
        (IHostedService)(registered.ImplementationInstance
            ?? registered.ImplementationFactory?.Invoke(provider)
            ?? ActivatorUtilities.CreateInstance(provider, registered.ImplementationType!));
}
