using System.Diagnostics.Metrics;
using Alerts.Demo.Mailbox;
using Alerts.Demo.Marketplace;
using Alerts.Runs;
using Alerts.Settings;
using Alerts.Users;

namespace Alerts.Simulations;

/// <summary>One bad thing harms nobody else: a thousand others are checked and get their mails as on time as without it.</summary>
public sealed class OthersOnTimeTests
{
    const int Users = 1_000;
    const int Phrases = 100;

    static readonly string[] troubles =
    [
        "a poisoned search", "a search that eBay never answers", "a mail server that is silent to one", "a refused token", "50 busy searches",
    ];

    [Fact]
    public async Task With_one_bad_thing_at_a_time_a_thousand_others_are_served_in_the_same_second_as_without()
    {
        await using var simulation = await Simulation.StartAsync(seed: 1, time: TimeSpan.FromMinutes(6));
        using var lags = new Lags();
        var crowd = new Crowd(simulation);
        await crowd.EnrolAsync();
        lags.Take();
        var price = 1_000m;
        await crowd.RoundAsync(price *= 0.9m, null);
        var without = lags.Take();
        Assert.Equal(Users, without.Count);

        foreach (var (trouble, number) in troubles.Select((trouble, number) => (trouble, number)))
        {
            var never = new TaskCompletionSource();
            var bad = await BeginAsync(trouble, $"bad{number}@example.org", simulation, never.Task);
            Busy(simulation, price);
            await crowd.RoundAsync(price *= 0.9m, bad);
            var with = lags.Take();
            never.SetResult();
            simulation.Marketplace.OnSearch = null;
            simulation.Marketplace.Faults.Clear();
            simulation.Mailbox.Faults.Clear();

            var figures = $"{P99(without):0.000} s without, {P99(with):0.000} s with {trouble}";
            TestContext.Current.TestOutputHelper?.WriteLine($"99 of 100 checks began within {figures}.");
            // Besides the thousand, checks of those in trouble.
            Assert.InRange(with.Count, Users, Users + 10 * troubles.Length);
            Assert.InRange(P99(with), 0, P99(without) * 1.05);
        }

        // A search is asked once in two minutes, so that what changes in a round is news of it or of the next.
        var mails = simulation.Mailbox.Mails.Where(mail => crowd.Ticks.ContainsKey(mail.Recipients[0])).Skip(Users).ToList();
        Assert.InRange(mails.Count, Users / 10 * troubles.Length, Users / 10 * (troubles.Length + 1));
        Assert.All(mails, mail => Assert.Contains(
            crowd.Ticks[mail.Recipients[0]], tick => mail.ReceivedAt.ToUnixTimeSeconds() - tick is >= -2 and <= 0));
    }

    [Fact]
    public async Task While_the_mail_server_keeps_every_mail_waiting_checks_without_news_are_on_time()
    {
        var settings = new Dictionary<string, string?> { ["Alerts:Runs:MaxConcurrentMails"] = "8" };
        await using var simulation = await Simulation.StartAsync(seed: 1, settings: settings, time: TimeSpan.FromMinutes(6));
        var crowd = new Crowd(simulation);
        await crowd.EnrolAsync(count: 200);
        var never = new TaskCompletionSource();
        simulation.Mailbox.OnStage = stage => stage is SmtpStage.Data ? never.Task : Task.CompletedTask;
        foreach (var number in Enumerable.Range(0, 60))
        {
            simulation.Marketplace.Script($"noise {number}", [new ListingSpec($"{300_000_000_000 + number}", "Noise", 10)]);
            var noisy = Settings($"noisy{number}@example.org", $"noise {number}");
            await simulation.Grains.GetGrain<IUserGrain>(UserId.New()).EnrolAsync(noisy);
        }

        await crowd.RoundAsync(price: null, null);

        Assert.All(await crowd.DueAsync(), user => Assert.True(user.At > simulation.Clock.GetUtcNow() - TimeSpan.FromSeconds(1)));
        never.SetResult();
    }

    static double P99(List<double> seconds) => seconds.Order().ElementAt(seconds.Count * 99 / 100);

    static UserSettings Settings(string email, params IEnumerable<string> phrases) => new()
    {
        Email = email,
        FrequencyMinutes = 2,
        Searches = [.. phrases.Select((phrase, place) => new SearchSettings { Id = $"s-{place:x8}", Phrase = phrase })],
    };

    /// <summary>All that the user of 50 searches watches costs less again.</summary>
    static void Busy(Simulation simulation, decimal price)
    {
        for (var number = 0; number < 50; number++)
        {
            var first = 200_000_000_000 + 1_000 * number;
            var things = Enumerable.Range(0, 100).Select(thing => new ListingSpec($"{first + thing}", $"Thing {thing}", price));
            simulation.Marketplace.Script($"busy {number}", [.. things]);
        }
    }

    static async Task<string> BeginAsync(string trouble, string email, Simulation simulation, Task never)
    {
        var busy = Enumerable.Range(0, 50).Select(number => $"busy {number}");
        var settings = trouble is "50 busy searches" ? Settings(email, busy) : Settings(email, "poison");
        simulation.Marketplace.Script("poison", [new ListingSpec("400000000000", "Poison", 10)]);
        Busy(simulation, price: 1_000);
        switch (trouble)
        {
            case "a poisoned search":
                simulation.Marketplace.Faults.Add(new MarketplaceFault { Kind = MarketplaceFaultKind.Malformed, Phrase = "poison" });
                break;
            case "a search that eBay never answers":
                simulation.Marketplace.OnSearch = phrase => phrase == "poison" ? never : Task.CompletedTask;
                break;
            case "a mail server that is silent to one":
                simulation.Mailbox.Faults.Add(MailboxFault.Slow(SmtpStage.Rcpt, TimeSpan.FromMinutes(10)) with { Recipient = email });
                break;
            case "a refused token":
                simulation.Marketplace.Faults.Add(new MarketplaceFault { Kind = MarketplaceFaultKind.Unauthorized, Times = 1 });
                break;
        }

        var bad = UserId.New();
        await simulation.Grains.GetGrain<IUserGrain>(bad).EnrolAsync(settings);
        return bad;
    }

    /// <summary>The others, each ticked at the second it is due. A tenth of them have news in a round.</summary>
    sealed class Crowd(Simulation simulation)
    {
        readonly List<string> users = [];
        readonly Dictionary<string, string> emails = [];

        /// <summary>The seconds in which each was ticked, by address.</summary>
        public Dictionary<string, HashSet<long>> Ticks { get; } = [];

        public async Task EnrolAsync(int count = Users)
        {
            Show(1_000);
            var all = Enumerable.Range(0, count).Select(number => (
                UserId.New(), Settings($"user{number}@example.org", $"phrase {number % Phrases}"))).ToList();
            users.AddRange(all.Select(user => user.Item1));
            foreach (var (id, settings) in all)
                (emails[id], Ticks[settings.Email]) = (settings.Email, []);
            await simulation.EnrolAsync(all);
        }

        /// <summary>Each is ticked when due and ends its work in that very second; else the test ends by its time.</summary>
        public async Task RoundAsync(decimal? price, string? bad)
        {
            if (price is { } lower)
                Show(lower);
            var due = await DueAsync();
            if (bad is not null)
                due = [.. due, (bad, await DueAsync(bad))];
            var done = users.ToDictionary(id => id, simulation.WorkDone);
            foreach (var second in due.GroupBy(user => user.At.ToUnixTimeSeconds()).OrderBy(group => group.Key))
            {
                var others = second.Select(user => user.Id).Where(id => id != bad).ToList();
                // Who is in trouble comes with the others: a tick may be a little early.
                var at = second.Where(user => user.Id != bad || others.Count == 0).Max(user => user.At);
                foreach (var id in others)
                    Ticks[emails[id]].Add(at.ToUnixTimeSeconds());
                var wait = at - simulation.Clock.GetUtcNow();
                await simulation.TickAsync(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, [.. second.Select(user => user.Id)]);
                await Task.WhenAll(others.Select(id => simulation.WorkDoneAsync(id, done[id] + 1)));
            }
        }

        public Task<(string Id, DateTimeOffset At)[]> DueAsync() => Task.WhenAll(users.Select(async id => (id, await DueAsync(id))));

        async Task<DateTimeOffset> DueAsync(string id) =>
            (await simulation.Grains.GetGrain<IUserGrain>(id).GetAsync())!.NextRun ?? simulation.Clock.GetUtcNow();

        void Show(decimal price)
        {
            for (var number = 0; number < Phrases; number++)
            {
                var thing = new ListingSpec($"{100_000_000_000 + number}", $"Thing of {number}", number % 10 == 0 ? price : 1_000);
                simulation.Marketplace.Script($"phrase {number}", [thing]);
            }
        }
    }

    /// <summary>How long after they were due checks began, by the product's own metric.</summary>
    sealed class Lags : IDisposable
    {
        readonly MeterListener listener = new();
        readonly Lock gate = new();
        List<double> seconds = [];

        public Lags()
        {
            listener.InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == RunMetrics.MeterName && instrument.Name == "alerts.run.lag")
                    listening.EnableMeasurementEvents(instrument);
            };
            listener.SetMeasurementEventCallback<double>((_, lag, _, _) =>
            {
                lock (gate)
                    seconds.Add(lag);
            });
            listener.Start();
        }

        public List<double> Take()
        {
            lock (gate)
            {
                var taken = seconds;
                seconds = [];
                return taken;
            }
        }

        public void Dispose() => listener.Dispose();
    }
}
