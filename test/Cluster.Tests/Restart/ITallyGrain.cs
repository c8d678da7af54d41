namespace Alerts.Cluster.Tests;

/// <summary>Counts in durable state and is woken by a durable reminder.</summary>
[Alias("tests.tally")]
public interface ITallyGrain : IGrainWithStringKey, IRemindable
{
    /// <summary>Adds one and answers the sum.</summary>
    [Alias("add")]
    Task<int> AddAsync();

    /// <summary>Registers the reminder, first due after one period.</summary>
    [Alias("remind")]
    Task RemindAsync(TimeSpan period);
}
