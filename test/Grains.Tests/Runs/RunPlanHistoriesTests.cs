using System.Globalization;
using Alerts.Configuration;
using Alerts.Runs;
using Alerts.Search;
using Alerts.State;
using Alerts.State.Notifications;
using CsCheck;
using static Alerts.Tests.Some;

namespace Alerts.Tests.Runs;

/// <summary>
/// Things that get cheaper and dearer, vanish, return and are listed anew, watched by two searches whose answers are of different age,
/// as they are when calls are scarce. A thing never has one price twice, so that a title and a price name one piece of news.
/// </summary>
public class RunPlanHistoriesTests
{
    enum Act { Nothing, Fall, Rise, Turn, Relist }

    readonly record struct Step(Act[] Acts, bool[] Asks, bool[] Fails, bool MailIsAway, bool Crashes)
    {
        public override string ToString() =>
            $"{string.Join(',', Acts)}{Names(" asks", Asks)}{Names(" fails", Fails)}{(MailIsAway ? " no mail" : "")}{(Crashes ? " crash" : "")}";

        static string Names(string verb, bool[] flags) => string.Concat(flags.Select((flag, at) => flag ? $"{verb} {at}" : ""));
    }

    static readonly Gen<Step> step =
        from acts in Gen.Int[0, 9].Select(chance => chance < 5 ? Act.Nothing : chance == 9 ? Act.Fall : (Act)(chance - 4)).Array[4]
        from asks in Gen.Bool.Array[2]
        from chances in Gen.Int[0, 9].Array[4]
        select new Step(acts, asks, [chances[0] == 0, chances[1] == 0], MailIsAway: chances[2] < 4, Crashes: chances[3] < 2);

    /// <summary>The same histories every time, others with <c>ALERTS_SEED</c>.</summary>
    [Fact]
    public void Whatever_the_age_of_the_answers_everything_is_told_once_and_nothing_is_lost()
    {
        var seed = uint.TryParse(Environment.GetEnvironmentVariable("ALERTS_SEED"), CultureInfo.InvariantCulture, out var named) ? named : 1;
        var random = new PCG(1, seed);
        var histories = step.Array[1, 20];
        for (var number = 0; number < 3_000; number++)
        {
            var steps = histories.Generate(random, null, out _);
            Assert.True(Record.Exception(() => Follow(steps)) is var fault && fault is null, $"ALERTS_SEED={seed}, history {number}:\n{string.Join("\n", steps)}\n{fault?.Message}");
        }
    }

    static void Follow(Step[] steps)
    {
        var stored = User(Choosing(SearchFor("iphone 13", "s-00000001"), SearchFor("apple iphone", "s-00000002")));
        var user = stored;
        Thing[] things = [new("first", 1, 1), new("second", 2, 2), new("both", 3, 3), new("too", 4, 3)];
        var found = new SearchSnapshot?[2];
        var sent = new HashSet<string>();
        var told = new Dictionary<string, List<decimal>>();
        var now = Noon;
        var quiet = new Step([Act.Nothing, Act.Nothing, Act.Nothing, Act.Nothing], [true, true], [false, false], false, false);
        foreach (var step in steps.Concat(Enumerable.Repeat(quiet, 3)))
        {
            for (var i = 0; i < things.Length; i++)
                things[i].Do(step.Acts[i]);
            if (step.Crashes)
                user = stored.Outbox is { } entry && sent.Contains(entry.Notification.Id) ? stored with { Outbox = null } : stored;
            var answers = new SearchAnswer[2];
            for (var i = 0; i < 2; i++)
            {
                if (step.Asks[i] || found[i] is null)
                    found[i] = Snapshot(now - TimeSpan.FromSeconds(1), null, things.Where(thing => thing.IsFoundBy(i)).Select(thing => thing.Listing));
                var settings = user.Settings.Searches[i];
                var isKnown = RunPlan.KnownVersion(user, settings, SearchQuery.KeyOf(settings, "en"), now) == found[i]!.Version;
                answers[i] = step.Fails[i] ? new() { Failure = "eBay did not answer." } : new() { Snapshot = isKnown ? null : found[i], FetchedAt = found[i]!.FetchedAt };
            }

            var plan = Plan(user, now, answers);
            user = plan.Next;
            if (plan.MustWrite)
                stored = user;
            if (user.Outbox is { } outbox && !step.MailIsAway)
            {
                Assert.True(sent.Add(outbox.Notification.Id));
                Read(outbox.Notification, told);
                user = user with { Outbox = null };
            }

            now += AlertsOptions.StandardReminderPeriod;
        }

        Assert.All(things.Where(thing => thing.IsThere), thing => Assert.True(
            told.TryGetValue(thing.Title, out var prices) && prices[^1] <= thing.Price,
            string.Create(CultureInfo.InvariantCulture, $"{thing.Title} costs {thing.Price} and was told as {string.Join(", ", prices ?? [])}")));
    }

    /// <summary>The person reads a mail. Listed anew twice between two answers, a thing may stand in it under both numbers: the lower price counts.</summary>
    static void Read(Notification mail, Dictionary<string, List<decimal>> told)
    {
        var items = mail.Sections.SelectMany(section => section.Items).ToList();
        Assert.True(items.Count > 0 || mail.Kind is NotificationKind.FirstResults);
        Assert.Equal(items.Count, items.Select(item => item.Listing.ListingNumber).Distinct().Count());
        foreach (var (title, price) in items.Select(item => (item.Listing.Title, item.Listing.SellerPrice.Value)).Distinct().OrderByDescending(item => item.Value))
        {
            var prices = told.TryGetValue(title, out var before) ? before : told[title] = [];
            Assert.False(prices.Contains(price), string.Create(CultureInfo.InvariantCulture, $"{title} was told twice of {price}"));
            prices.Add(price);
        }
    }

    sealed class Thing(string title, long number, int searches)
    {
        long number = number;
        int acts;

        public string Title => title;

        public bool IsThere { get; private set; } = true;

        public decimal Price { get; private set; } = 1_000;

        public Listing Listing => Some.Listing(number, Price, title: title);

        public bool IsFoundBy(int search) => IsThere && (searches & (1 << search)) != 0;

        public void Do(Act act)
        {
            acts++;
            switch (act)
            {
                case Act.Fall: Price = Math.Round(Price * 0.8m, 1) + acts * 0.001m; break;
                case Act.Rise: Price = Math.Round(Price * 1.3m, 1) + acts * 0.001m; break;
                case Act.Turn: IsThere = !IsThere; break;
                case Act.Relist: number += 1_000; break;
            }
        }
    }
}
