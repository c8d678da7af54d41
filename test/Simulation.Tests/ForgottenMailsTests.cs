using System.Text.Json;
using Alerts.Configuration;
using Alerts.Demo.Marketplace;
using Alerts.Settings;
using Alerts.Users;

namespace Alerts.Simulations;

/// <summary>The delivery log is kept for days, and a user whose things stay as they are for years.</summary>
public sealed class ForgottenMailsTests
{
    const int KeptDays = 7;

    static readonly TimeSpan day = TimeSpan.FromDays(1);

    [Fact]
    public async Task A_mail_that_the_log_has_forgotten_is_not_sent_again_after_a_restart()
    {
        var settings = new Dictionary<string, string?> { ["Alerts:Email:KeepDeliveryLog"] = $"{KeptDays}.00:00:00" };
        await using var simulation = await Simulation.StartAsync(seed: 1, settings: settings);
        var ann = UserId.New();
        simulation.Marketplace.Script("thing", [new ListingSpec("100000000001", "Thing", 10)]);
        await simulation.EnrolAsync(ann, new UserSettings
        {
            Email = "ann@example.org",
            FrequencyMinutes = 30,
            // An insight mail would write the row.
            Insights = false,
            Searches = [new SearchSettings { Id = "s-00000001", Phrase = "thing" }],
        });
        Assert.Single(await NotificationsAsync(simulation, ann));

        var days = 0;
        for (; await NotificationsAsync(simulation, ann) is not []; days++)
            await simulation.StepAsync(day, [ann]);
        await simulation.RestartAsync();
        await simulation.StepAsync(day, [ann]);

        Assert.InRange(days, KeptDays, KeptDays + 2);
        Assert.Empty(await NotificationsAsync(simulation, ann));
        Assert.Single(simulation.Mailbox.Mails);
        // The restart knows what was seen before: the next mail is of what changed, and no second first mail.
        simulation.Marketplace.Script("thing", [new ListingSpec("100000000001", "Thing", 8)]);
        await simulation.StepAsync(TimeSpan.FromHours(1), [ann]);
        await simulation.StepAsync(AlertsOptions.StandardReminderPeriod, [ann]);
        Assert.Equal(2, simulation.Mailbox.Mails.Count);
        Assert.Equal("Thing: $8, was $10", simulation.Mailbox.Mails[1].Subject);
    }

    static async Task<JsonElement[]> NotificationsAsync(Simulation simulation, string user)
    {
        using var page = JsonDocument.Parse(await simulation.Api.GetStringAsync($"/v1/users/{user}/notifications", simulation.Cancellation));
        return [.. page.RootElement.GetProperty("items").Clone().EnumerateArray()];
    }
}
