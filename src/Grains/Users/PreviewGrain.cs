using Alerts.Mail;
using Alerts.Mail.Compose;
using Alerts.News.Compare;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Orleans.Concurrency;

namespace Alerts.Users;

/// <summary>Shows what a check would find and what its mail would say, and changes nothing.</summary>
[StatelessWorker]
public sealed class PreviewGrain(MailComposer composer, TimeProvider clock) : Grain, IPreviewGrain
{
    // Links in a preview lead nowhere: their tokens name a user that never is.
    const string NoUser = "u-00000000000000000000000000000000";

    public async Task<SearchPreview> PreviewAsync(UserSettings settings)
    {
        var search = settings.Searches[0];
        var answer = await GrainFactory.GetGrain<ISearchGrain>(SearchQuery.KeyOf(search)).GetAsync(0, isWaitedFor: true);
        var now = clock.GetUtcNow();
        if (answer.Snapshot is not { } snapshot || !Freshness.IsCurrent(snapshot.FetchedAt, now))
            return new SearchPreview { Failure = answer.Failure ?? "eBay's last answer is too old to be shown, and there is no call left to ask again now." };

        var listings = ListingFilter.Shown(search, snapshot).Take(NotificationSection.MaxItems).ToArray();
        var preview = new SearchPreview { FetchedAt = snapshot.FetchedAt, Total = snapshot.Total, Listings = [.. listings] };
        if (listings.Length == 0)
            return preview;

        var section = new NotificationSection
        {
            SearchId = search.Id!,
            Phrase = search.Phrase,
            Marketplace = search.Marketplace,
            FetchedAt = snapshot.FetchedAt,
            Total = snapshot.Total,
            Items = [.. listings.Select(listing => new NewsItem { Kind = NewsKind.Listed, Listing = listing })],
        };
        var notification = new Notification { Id = $"{NoUser}.0", Kind = NotificationKind.FirstResults, CreatedAt = now, Sections = [section] };
        using var mail = await composer.ComposeAsync(new MailRecipient(NoUser, settings, 0), notification);
        return preview with { Subject = mail.Subject, Html = mail.HtmlBody, Text = mail.TextBody };
    }
}
