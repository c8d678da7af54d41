using Alerts.Search;
using Alerts.State;
using Microsoft.Extensions.Logging;

namespace Alerts.Runs;

/// <summary>Asks eBay for each of a user's searches. Each gets an answer, even when others fail.</summary>
public sealed partial class UserSearches(AnswerCache answers, RunAdmission admission, InterruptedRuns interrupted, TimeProvider clock,
    ILogger<UserSearches> logger)
{
    static readonly SearchAnswer nothing = new();

    /// <summary>The answers, in the order of the searches. In the usual case nothing is new in this window, and no call is made.</summary>
    /// <exception cref="OrleansMessageRejectionException">A search lost its silo, unnoticed by the cluster: repeat soon.</exception>
    public async Task<SearchAnswer[]> AskAsync(string userId, UserState user, string[] queries)
    {
        var searches = user.Settings.Searches;
        var found = new SearchAnswer[searches.Length];
        // All searches of a user together have one share of the day's calls.
        var part = 1.0 / Math.Max(1, searches.Count(search => !search.Paused));
        List<Task>? asked = null;
        for (var i = 0; i < found.Length; i++)
        {
            var asker = RunPlan.AskerOf(user, searches[i], queries[i], part, clock.GetUtcNow());
            // A paused search has no news and keeps its memory.
            if (!searches[i].Paused && RunPlan.NeedsRefresh(user, searches[i], queries[i], clock.GetUtcNow()))
            {
                (asked ??= []).Add(RefreshOneAsync(i, asker));
                continue;
            }

            var paused = searches[i].Paused ? nothing : RunPlan.WhileTooLarge(user, searches[i], queries[i], clock.GetUtcNow());
            if ((paused ?? answers.Find(queries[i], asker)) is { } answer)
                found[i] = answer;
            else
                (asked ??= []).Add(AskOneAsync(i, asker));
        }

        if (asked is not null)
            await Task.WhenAll(asked);
        return found;

        async Task AskOneAsync(int i, Asker asker) => found[i] = await AskAsync(userId, () => answers.AskAsync(queries[i], asker));

        async Task RefreshOneAsync(int i, Asker asker) => found[i] = await AskAsync(userId, () => answers.RefreshAsync(queries[i], asker));
    }

    async Task<SearchAnswer> AskAsync(string userId, Func<Task<SearchAnswer>> askAsync)
    {
        try
        {
            // A quota without calls left says nothing about eBay's health.
            return await admission.Checks.ObserveAsync(
                askAsync,
                failed: answer => answer is { Failure: not null, IsUnaffordable: false });
        }
        catch (OrleansMessageRejectionException) when (interrupted.MayAdd(userId))
        {
            throw;
        }
        catch (Exception fault)
        {
            // After any fault the search keeps its memory, and the user's other searches go on.
            LogSearchLost(fault, userId);
            return new SearchAnswer { Failure = fault is TimeoutException ? "The search did not answer in time." : "The search failed." };
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A search of {UserId} did not answer; the next check asks again")]
    partial void LogSearchLost(Exception fault, string userId);
}
