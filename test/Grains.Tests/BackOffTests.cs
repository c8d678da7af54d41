namespace Alerts.Tests;

public sealed class BackOffTests
{
    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(5, 32)]
    [InlineData(6, 60)]
    [InlineData(int.MaxValue, 60)]
    public void The_wait_doubles_after_each_fault_up_to_the_limit(int faults, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), new BackOff(TimeSpan.FromMinutes(2), TimeSpan.FromHours(1)).After(faults));
}
