namespace Alerts.Simulations;

/// <summary>Many users over many hours, while prices move, eBay and the mail server fail, people pause and leave, and the process restarts.</summary>
public sealed class AlertsUnderFaultsTests
{
    static readonly TimeSpan step = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(1, 8, 10_000_000)]
    [InlineData(2, 20, 3_000)]
    public async Task Everything_worth_telling_is_told_once_and_nothing_else(int seed, int hours, int dailyCalls)
    {
        await using var simulation = await Simulation.StartAsync(seed, dailyCalls);
        var run = new Run(simulation, users: 100, phrases: 12, dailyCalls);
        await run.BeginAsync();

        for (var hour = 0; hour < hours; hour++)
        {
            for (var steps = (int)(TimeSpan.FromHours(1) / step); steps > 0; steps--)
                await run.StepAsync(step);
            if (hour % 4 == 3)
                await run.SettleAsync(step);
        }

        Assert.InRange(run.Told.Count, 100 * hours, int.MaxValue);
    }
}
