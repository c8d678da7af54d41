using System.Data.Common;
using Alerts.Gateway.Mails;
using Alerts.Gateway.Users;
using Alerts.Search;
using Alerts.SharedData.Products;
using Alerts.SharedData.Subscriptions;
using Alerts.Users;
using Alerts.Users.Audit;
using Alerts.Users.Channels;

namespace Alerts.Gateway.Admin;

/// <summary>Reads the details that operators ask for, for the API and the pages.</summary>
sealed class AdminReader(IGrainFactory grains, AuditLog audit, SubscriptionStore subscriptions, MailTrouble trouble)
{
    const int Newest = 50;

    /// <summary>Everything about a user; null when there is no such user.</summary>
    public async Task<UserStory?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        if (!UserId.IsValid(id))
            return null;
        var user = grains.GetGrain<IUserGrain>(id);
        if (await user.GetAsync() is not { } view || await user.GetChecksAsync() is not { } checks
            || await user.GetNotificationsAsync(null, Newest) is not { } mails)
            return null;
        return new UserStory(
            new UserDocument(view), checks, mails.Items, await trouble.OfUserAsync(id),
            await grains.GetGrain<IUserChannelsGrain>(id).ListChannelsAsync() ?? [],
            await audit.ListAsync(audit.SubjectOf(id), Newest, cancellationToken));
    }

    /// <summary>The queries that cost the most calls, most expensive first.</summary>
    public async Task<SearchCosts> CostsAsync(int limit, CancellationToken cancellationToken)
    {
        var dearest = (await CallBudget.DearestAsync(grains, limit))
            .ToDictionary(cost => QueryIdentity.IdOf(cost.Query), StringComparer.Ordinal);
        var users = await UsersAsync(dearest.Keys, cancellationToken);
        return new SearchCosts([.. dearest.Select(pair => new SearchCosts.CostlySearch(
            pair.Key, SearchQuery.MarketplaceOf(pair.Value.Query), QueryIdentity.TextOf(pair.Value.Query),
                Math.Round(pair.Value.CallsPerDay, 1),
            Math.Round(pair.Value.Interval.TotalSeconds), users?.GetValueOrDefault(pair.Key), pair.Value.FetchedAt))]);
    }

    async Task<IReadOnlyDictionary<string, int>?> UsersAsync(IReadOnlyCollection<string> queries, CancellationToken cancellationToken)
    {
        try
        {
            return await subscriptions.CountActiveAsync(queries, cancellationToken);
        }
        catch (Exception fault) when (fault is DbException or TimeoutException)
        {
            return null;
        }
    }
}
