using Alerts.Search;
using Alerts.State;
using Microsoft.Extensions.Logging;

namespace Alerts.Runs;

/// <summary>Asks a user's searches what is new: one answer each, whatever becomes of the others.</summary>
public sealed partial class UserSearches(AnswerCache answers, RunAdmission admission, InterruptedRuns interrupted, TimeProvider clock, ILogger<UserSearches> logger)
{
    static readonly SearchAnswer nothing = new();

    /// <summary>The answers, in the order of the searches; in the usual case, that nothing is new in this window, without any call.</summary>
    /// <param name="userId">The user's id.</param>
    /// <param name="user">The user.</param>
    /// <param name="queries">The canonical query of each search.</param>
    /// <exception cref="OrleansMessageRejectionException">The silo of a search is lost, and the cluster has not seen it yet: the run is to be begun again soon.</exception>
    public async Task<SearchAnswer[]> AskAsync(string userId, UserState user, string[] queries)
    {
        var searches = user.Settings.Searches;
        var found = new SearchAnswer[searches.Length];
        // A user's searches share one part of the day's calls.
        var part = 1.0 / Math.Max(1, searches.Count(search => !search.Paused));
        List<Task>? asked = null;
        for (var i = 0; i < found.Length; i++)
        {
            var asker = RunPlan.AskerOf(user, searches[i], queries[i], part, clock.GetUtcNow());
            // Of a paused search there is no news, and what it has seen stays.
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
            // That there is no call left says nothing about eBay.
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
            // Whatever it is, as with any failed search what was known stays, and the others are not held up.
            LogSearchLost(fault, userId);
            return new SearchAnswer { Failure = fault is TimeoutException ? "The search did not answer in time." : "The search failed." };
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A search of {UserId} did not answer; the next check asks again")]
    partial void LogSearchLost(Exception fault, string userId);
}
