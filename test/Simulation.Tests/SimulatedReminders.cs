using System.Collections.Concurrent;
using Orleans.Timers;

namespace Alerts.Simulations;

/// <summary>Reminders that never tick: Orleans' own run by the machine's clock, and a simulation's ticks come by its own clock alone.</summary>
sealed class SimulatedReminders : IReminderRegistry
{
    readonly ConcurrentDictionary<(GrainId, string), IGrainReminder> registered = new();

    public Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period) =>
        Task.FromResult(registered.GetOrAdd((callingGrainId, reminderName), new Reminder(reminderName)));

    public Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder)
    {
        registered.TryRemove((callingGrainId, reminder.ReminderName), out _);
        return Task.CompletedTask;
    }

    public Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName) =>
        Task.FromResult(registered.GetValueOrDefault((callingGrainId, reminderName)));

    public Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId) =>
        Task.FromResult(registered.Where(pair => pair.Key.Item1 == callingGrainId).Select(pair => pair.Value).ToList());

    sealed record Reminder(string ReminderName) : IGrainReminder;
}
