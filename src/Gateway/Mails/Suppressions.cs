using Alerts.Users;

namespace Alerts.Gateway.Mails;

/// <summary>Serves users again whose addresses are suppressed, for the API and for the operators' pages.</summary>
sealed class Suppressions(IGrainFactory grains)
{
    /// <summary>Users served again by one call.</summary>
    public const int MaxLifted = 1_000;

    /// <summary>Lifts the suppressions that began within a span of time; null leaves its end open.</summary>
    public async Task<LiftResult> LiftAsync(DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken)
    {
        var directory = grains.GetGrain<IUserDirectoryGrain>(0);
        var lifted = 0;
        for (UserCursor? after = null; ;)
        {
            var page = await directory.ListAsync(new UserFilter { Status = UserStatus.Suppressed }, after, IUserDirectoryGrain.PageLimit);
            var results = await Task.WhenAll(page.Items.Select(user => grains.GetGrain<IUserGrain>(user.Id)
                .LiftSuppressionAsync(from, to)));
            lifted += results.Count(isLifted => isLifted);
            if (page.Next is null)
                return new LiftResult(lifted, More: false);
            if (lifted >= MaxLifted)
                return new LiftResult(lifted, More: true);
            after = page.Next;
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Lifts the suppression of one user; null when there is no such user.</summary>
    public async Task<LiftResult?> LiftAsync(string id)
    {
        if (!UserId.IsValid(id) || grains.GetGrain<IUserGrain>(id) is var user && await user.GetAsync() is null)
            return null;
        return new LiftResult(await user.LiftSuppressionAsync(null, null) ? 1 : 0, More: false);
    }
}
