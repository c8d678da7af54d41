using Microsoft.Extensions.DependencyInjection;

namespace Alerts.Cluster.Tests;

public sealed class TallyGrain([PersistentState("tally", "alerts")] IPersistentState<Note> note) : Grain, ITallyGrain
{
    public async Task<int> AddAsync()
    {
        note.State = new Note { Text = note.State.Text + "|" };
        await note.WriteStateAsync();
        return note.State.Text.Length;
    }

    public Task RemindAsync(TimeSpan period) => this.RegisterOrUpdateReminder("wake", period, period);

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        ServiceProvider.GetRequiredService<Ticks>().Heard(this.GetPrimaryKeyString(), status);
        return Task.CompletedTask;
    }
}
