using Alerts.Configuration;
using Alerts.Mail;
using Alerts.Mail.Compose;
using Alerts.News;
using Alerts.News.Compare;
using Alerts.Search;
using Alerts.Search.Quota;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Memory;
using Alerts.State.Notifications;
using Alerts.Texts;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace Alerts.Users;

/// <summary>Shows what a check would find and what its mail would say. Changes nothing.</summary>
[StatelessWorker]
public sealed class PreviewGrain(MailComposer composer, CallBudget budget, IOptions<AlertsOptions> options, TimeProvider clock)
    : Grain, IPreviewGrain
{
    // Links in a preview lead nowhere: their tokens name a user that never exists.
    const string NoUser = "u-00000000000000000000000000000000";

    public async Task<SearchPreview> PreviewAsync(UserSettings settings)
    {
        var search = settings.Searches[0];
        var answer = await GrainFactory.GetGrain<ISearchGrain>(SearchQuery.KeyOf(search, settings.Language))
            .GetAsync(0, isWaitedFor: true, pages: search.Pages());
        var now = clock.GetUtcNow();
        var texts = TextCatalogue.Of(settings.Language);
        if (answer.Snapshot is not { } snapshot || !Freshness.IsCurrent(snapshot.FetchedAt, now))
            return new SearchPreview
            {
                Failure = answer.Failure ?? "eBay's last answer is too old to be shown, and there is no call left to ask again now.",
                TooLarge = answer.IsTooLarge,
            };

        var memory = new SearchMemory { SearchId = search.Id!, Query = SearchQuery.KeyOf(search, settings.Language) };
        var result = Comparison.Compare(search, memory, snapshot, settings.Notify, now, new NotifiedListings([]));
        var section = new SearchNews(search, snapshot, result).Naming(result.News);
        var notification = new Notification { Id = $"{NoUser}.0", Kind = NotificationKind.FirstResults, CreatedAt = now,
            Sections = [section] };
        using var mail = await composer.ComposeAsync(new MailRecipient(NoUser, settings, 0), notification);
        return new SearchPreview
        {
            FetchedAt = snapshot.FetchedAt,
            Total = snapshot.Total,
            Listings = [.. section.Items.Select(item => item.Listing)],
            Subject = mail.Subject,
            Html = mail.HtmlBody,
            Text = mail.TextBody,
            Scope = ScopeText.Of(texts, search, snapshot),
            Pace = PaceText.Of(texts, answer.Pace, options.Value.ReminderPeriod),
        };
    }

    public async Task<string?> PaceAsync(int searches, int frequencyMinutes, string language)
    {
        var window = options.Value.ReminderPeriod;
        var chosen = CheckFrequency.Interval(frequencyMinutes, window);
        var plan = PollPlan.New(window).Asked(clock.GetUtcNow(), parts: 1.0 / Math.Max(1, searches)) with { AskInterval = chosen };
        // Uses the lease of this silo's searches, or that of another silo when this one has just started. A lease taken for the preview
        // would not know their demand, and they would share it for a minute.
        var lease = budget.Lease ?? await CallBudget.NewestLeaseAsync(GrainFactory);
        return PaceText.Of(TextCatalogue.Of(language), IntervalReason.PaceOf(plan, lease), chosen);
    }
}
