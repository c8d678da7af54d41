namespace Alerts.Silo;

/// <summary>
/// A hosted service that starts when HTTP is bound: a process whose port is taken must end before its silo has joined and taken reminders
/// over, and a probe is answered while the silo starts. It stops in its own turn, after HTTP.
/// </summary>
sealed class AfterHttp(IHostedService service) : IHostedLifecycleService
{
    readonly IHostedLifecycleService? lifecycle = service as IHostedLifecycleService;

    /// <summary>Makes all hosted services that are registered so far start in their order after HTTP.</summary>
    public static void Start(IServiceCollection services)
    {
        for (var index = 0; index < services.Count; index++)
        {
            var registered = services[index];
            // The host watches over background services by their type; ours begin their work an hour later anyway.
            if (registered.ServiceType == typeof(IHostedService) && !typeof(BackgroundService).IsAssignableFrom(registered.ImplementationType))
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
