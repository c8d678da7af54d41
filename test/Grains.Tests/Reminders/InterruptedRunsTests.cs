using System.Globalization;
using Alerts.Runs;

namespace Alerts.Tests.Reminders;

public class InterruptedRunsTests
{
    readonly InterruptedRuns runs = new();

    [Fact]
    public void Each_user_is_given_once_however_often_its_run_broke_off()
    {
        runs.Add("ann");
        runs.Add("bob");
        runs.Add("ann");

        Assert.Equal(["ann", "bob"], runs.Take().Order());
        Assert.Empty(runs.Take());
        runs.Add("ann");
        Assert.Equal(["ann"], runs.Take());
    }

    [Fact]
    public void Those_beyond_the_limit_are_left_to_their_ticks()
    {
        for (var user = 0; user <= InterruptedRuns.Limit; user++)
            runs.Add(user.ToString(CultureInfo.InvariantCulture));

        Assert.Equal(InterruptedRuns.Limit, runs.Take().Length);
    }

    [Fact]
    public void Who_breaks_off_again_and_again_is_left_to_its_ticks_for_a_while()
    {
        for (var attempt = 0; attempt < InterruptedRuns.MaxAttempts; attempt++)
        {
            Assert.True(runs.MayAdd("ann"));
            runs.Add("ann");
            Assert.Equal(["ann"], runs.Take());
        }

        Assert.False(runs.MayAdd("ann"));
        runs.Add("ann");
        Assert.Empty(runs.Take());
        runs.Add("ann");
        Assert.Equal(["ann"], runs.Take());
    }
}
