using Alerts.Configuration;

namespace Alerts.Bench;

/// <summary>A grain that a reminder like a user's wakes for nothing.</summary>
public sealed class RemindedGrain : Grain, IRemindedGrain
{
    public Task ActivateAsync() => Task.CompletedTask;

    public Task RemindAsync() => this.RegisterOrUpdateReminder("check", AlertsOptions.StandardReminderPeriod, AlertsOptions.StandardReminderPeriod);

    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;
}
