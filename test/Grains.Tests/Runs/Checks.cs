using Alerts.Configuration;
using Alerts.Runs;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using static Alerts.Tests.Some;

namespace Alerts.Tests.Runs;

/// <summary>Ann's checks, two minutes apart, and what the outbox then holds, in short.</summary>
sealed class Checks(UserSettings? settings = null)
{
    public UserState User { get; set; } = Some.User(settings);

    public DateTimeOffset Now { get; set; } = Noon;

    public SearchSettings Search => User.Settings.Searches[0];

    /// <summary>A check that finds these.</summary>
    public IEnumerable<string> Finds(params Listing[] listings) => Gets(new SearchAnswer { Snapshot = Snapshot(Now, null, listings), FetchedAt = Now });

    public IEnumerable<string> Gets(params SearchAnswer[] answers)
    {
        User = Plan(User, Now, answers).Next;
        Now += AlertsOptions.StandardReminderPeriod;
        return [.. (User.Outbox?.Notification.Sections ?? []).SelectMany(section => section.Items).Select(Watch.InShort)];
    }

    public SearchAnswer Found(params Listing[] listings) => new() { Snapshot = Snapshot(Now, null, listings), FetchedAt = Now };

    public long KnownVersion(DateTimeOffset at) => RunPlan.KnownVersion(User, Search, SearchQuery.KeyOf(Search, "en"), at);

    public void Send() => User = User with { Outbox = null };

    public void Defer() => User = User with { Outbox = User.Outbox! with { Attempts = User.Outbox.Attempts + 1, NextAttemptAt = Now.AddMinutes(30) } };
}
