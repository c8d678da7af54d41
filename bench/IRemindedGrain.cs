namespace Alerts.Bench;

/// <summary>A grain with nothing but a reminder.</summary>
public interface IRemindedGrain : IGrainWithStringKey, IRemindable
{
    /// <summary>Activates the grain.</summary>
    Task ActivateAsync();

    /// <summary>Registers its reminder.</summary>
    Task RemindAsync();
}
