using Alerts.Configuration;
using Alerts.Demo.Marketplace;
using Alerts.Settings;
using Alerts.Users;

namespace Alerts.Simulations;

/// <summary>What a person gets who wants to hear of auctions before they end.</summary>
public sealed class EndingAuctionsTests
{
    const string Phrase = "lamp";

    static readonly AlertRules rules = new() { NewListings = false, EndingWithinMinutes = 30, MaxBids = 5, BidAtOrBelow = 50 };

    readonly string ann = UserId.New();

    [Fact]
    public async Task One_mail_before_the_end_with_the_bid_of_that_moment_also_through_a_restart()
    {
        // So few calls that the search is asked every hour or two.
        await using var simulation = await Simulation.StartAsync(seed: 1, dailyCalls: 20);
        var start = simulation.Clock.GetUtcNow();
        Offer(simulation, Auction(1, start.AddMinutes(95), bid: 20, bids: 1), Auction(2, start.AddMinutes(95), bid: 20, bids: 1));
        await EnrolAsync(simulation);
        Assert.StartsWith("Your alerts are on", Assert.Single(simulation.Mailbox.Mails).Subject, StringComparison.Ordinal);

        await StepsAsync(simulation, 30);
        await simulation.RestartAsync();
        await StepsAsync(simulation, 2);
        Assert.Single(simulation.Mailbox.Mails);
        // A minute before, somebody bids on the one, and the other is bid up.
        Offer(simulation, Auction(1, start.AddMinutes(95), bid: 31, bids: 2), Auction(2, start.AddMinutes(95), bid: 80, bids: 5));
        await StepsAsync(simulation, 2);

        var mail = simulation.Mailbox.Mails[^1];
        Assert.Equal(2, simulation.Mailbox.Mails.Count);
        // A tick is the precision that is promised, and the silo has just started.
        Assert.Equal(start.AddMinutes(66), mail.ReceivedAt, TimeSpan.FromMinutes(2));
        Assert.Matches("^Ends in (27|28|29|30) minutes: Auction 1, \\$31$", mail.Subject);
        Assert.DoesNotContain("Auction 2", mail.TextBody, StringComparison.Ordinal);
        Offer(simulation, Auction(1, start.AddMinutes(95), bid: 45, bids: 5));
        await StepsAsync(simulation, 30);
        Assert.Equal(2, simulation.Mailbox.Mails.Count);
        Assert.InRange(simulation.Marketplace.SearchCalls.Value, 1, 20);
    }

    [Fact]
    public async Task After_quiet_hours_of_those_that_still_run_and_never_of_those_that_ended_or_were_bought()
    {
        await using var simulation = await Simulation.StartAsync(seed: 1);
        var start = simulation.Clock.GetUtcNow();
        var (ends, stays, bought) = (Auction(1, start.AddMinutes(100), 20, 1), Auction(2, start.AddMinutes(135), 20, 1), Auction(3, start.AddMinutes(135), 20, 1));
        Offer(simulation, ends, stays, bought);
        // From 10 to 11; it is 9 now.
        await EnrolAsync(simulation, new QuietHours { From = 10, To = 11 });

        await StepsAsync(simulation, 55);
        Assert.Single(simulation.Mailbox.Mails);
        Offer(simulation, stays);
        await StepsAsync(simulation, 6);

        var mail = simulation.Mailbox.Mails[^1];
        Assert.Equal(2, simulation.Mailbox.Mails.Count);
        Assert.Equal(start.AddMinutes(120), mail.ReceivedAt, TimeSpan.FromMinutes(2));
        Assert.Matches("^Ends in \\d+ minutes: Auction 2, \\$20$", mail.Subject);
        await StepsAsync(simulation, 30);
        Assert.Equal(2, simulation.Mailbox.Mails.Count);
    }

    Task EnrolAsync(Simulation simulation, QuietHours? quiet = null) => simulation.EnrolAsync(ann, new UserSettings
    {
        Email = "ann@example.org",
        FrequencyMinutes = 20,
        Insights = false,
        QuietHours = quiet,
        Searches = [new SearchSettings { Id = "s-00000001", Phrase = Phrase, BuyingOptions = [BuyingOption.Auction], Rules = rules }],
    });

    async Task StepsAsync(Simulation simulation, int steps)
    {
        for (var step = 0; step < steps; step++)
            await simulation.StepAsync(AlertsOptions.StandardReminderPeriod, [ann]);
    }

    static void Offer(Simulation simulation, params ListingSpec[] auctions) => simulation.Marketplace.Script(Phrase, auctions);

    static ListingSpec Auction(int number, DateTimeOffset end, decimal bid, int bids) => new(FormattableString.Invariant($"10000000000{number}"), $"Auction {number}", null)
    {
        BuyingOptions = ["AUCTION"], CurrentBidPrice = bid, BidCount = bids, EndsAt = end,
    };
}
