using System.Globalization;
using Alerts.Runs;
using Alerts.Search;
using Alerts.Settings;
using Alerts.State;
using Alerts.State.Notifications;
using CsCheck;
using static Alerts.Tests.Some;

namespace Alerts.Tests.Runs;

/// <summary>
/// Ann reads her mails, and the market says what was true: every new listing is named once while it is there, no drop is named from a price
/// that was not, and nothing that was true at the end of the day stays unsaid, whatever her settings, her mail server, eBay or a crash do.
/// </summary>
public class WhatAPersonLearnsTests
{
    const int Slots = 60;
    static readonly TimeSpan interval = TimeSpan.FromMinutes(30);

    enum Act { Appear, Fall, Rise, Vanish, Return }

    readonly record struct Step((int Slot, Act Act)[] Acts, bool MailIsAway, bool EbayIsAway, bool Crashes)
    {
        public override string ToString() =>
            $"{string.Join(',', Acts.Select(act => $"{act.Act} {act.Slot}"))}{(MailIsAway ? " no mail" : "")}{(EbayIsAway ? " no eBay" : "")}{(Crashes ? " crash" : "")}";
    }

    static readonly Gen<Step> step =
        from acts in Gen.Select(Gen.Int[0, Slots - 1], Gen.Int[0, 9].Select(act => act < 4 ? Act.Appear : (Act)(act % 4 + 1))).Array[0, 12]
        from chances in Gen.Int[0, 9].Array[3]
        select new Step(acts, MailIsAway: chances[0] < 3, EbayIsAway: chances[1] < 2, Crashes: chances[2] < 2);

    static readonly SearchSettings wide = SearchFor("iphone 13", "s-00000001", new AlertRules { RearmPercent = AlertRules.NeverRearm });
    static readonly SearchSettings narrow = wide with { Id = "s-00000002", Phrase = "apple iphone" };

    public static TheoryData<string> Settings => ["changes", "digest", "quiet hours", "two mails a day", "two searches", "two searches and quiet hours"];

    static UserSettings Of(string name) => (name.StartsWith("two searches", StringComparison.Ordinal) ? Choosing(wide, narrow) : Choosing(wide)) with
    {
        FrequencyMinutes = 30,
        Notify = name is "digest" ? NotifyMode.Digest : NotifyMode.Changes,
        QuietHours = name.EndsWith("quiet hours", StringComparison.Ordinal) ? new QuietHours { From = 14, To = 20 } : null,
        MailsPerDay = name is "two mails a day" ? 2 : 0,
    };

    [Theory, MemberData(nameof(Settings))]
    public void Everything_new_is_named_once_and_nothing_false(string settings) =>
        step.Array[1, 60].Sample(steps => Follow(Of(settings), steps), iter: 30, print: steps => string.Join("\n", steps));

    static void Follow(UserSettings settings, Step[] steps)
    {
        var stored = User(settings);
        var user = stored;
        var things = Enumerable.Range(0, Slots).Select(slot => new Thing(slot)).ToArray();
        foreach (var thing in things.Take(25))
            thing.Do(Act.Appear, Noon.AddDays(-30));
        var sent = new HashSet<string>();
        var now = Noon;
        var calm = new Step([], false, false, false);
        foreach (var step in steps.Concat(Enumerable.Repeat(calm, 240)))
        {
            foreach (var (slot, act) in now == Noon ? [] : step.Acts)
                things[slot].Do(act, now);
            if (step.Crashes)
                user = stored.Outbox is { } entry && sent.Contains(entry.Notification.Id) ? stored with { Outbox = null } : stored;
            if (Schedule.IsDue(user, now))
            {
                foreach (var thing in step.EbayIsAway || user.Searches.Any(memory => memory.LastSuccess is not null) ? [] : things)
                    thing.WasAtStart = thing.IsThere;
                var answers = settings.Searches.Select((_, i) => Answer(user, i, things, step.EbayIsAway, now)).ToArray();
                var plan = RunPlan.Make(user, [.. SearchQuery.KeysOf(settings)], answers, now, TimeSpan.FromMinutes(2), AnnId);
                user = plan.Next;
                if (plan.MustWrite)
                    stored = user;
            }

            if (Schedule.MaySend(user, now) && !step.MailIsAway)
            {
                Assert.True(sent.Add(user.Outbox!.Notification.Id));
                foreach (var item in user.Outbox.Notification.Sections.SelectMany(section => section.Items))
                    things[item.Listing.ListingNumber - 1].Read(item);
                user = user with { Outbox = null };
            }

            now += interval;
        }

        Assert.Null(user.WaitingSince);
        Assert.All(things.Where(thing => thing.IsThere), thing => thing.MustBeKnown());
    }

    static SearchAnswer Answer(UserState user, int search, Thing[] things, bool isAway, DateTimeOffset now)
    {
        if (isAway)
            return new SearchAnswer { Failure = "eBay did not answer." };
        var snapshot = Snapshot(now, null, things.Where(thing => thing.IsThere && (search == 0 || thing.Slot % 2 == 0)).Select(thing => thing.Listing));
        var settings = user.Settings.Searches[search];
        var isKnown = RunPlan.KnownVersion(user, settings, SearchQuery.KeyOf(settings, "en"), now) == snapshot.Version;
        return new SearchAnswer { Snapshot = isKnown ? null : snapshot, FetchedAt = now };
    }

    sealed class Thing(int slot)
    {
        readonly HashSet<decimal> prices = [];
        readonly List<decimal> named = [];
        DateTimeOffset created;
        decimal price;
        int acts;

        public int Slot => slot;

        public bool IsThere { get; private set; }

        public bool WasAtStart { get; set; }

        public Listing Listing => Some.Listing(slot + 1, price, title: $"Thing {slot}", created: created);

        public void Do(Act act, DateTimeOffset now)
        {
            acts++;
            switch (act)
            {
                case Act.Appear when price == 0: (created, price, IsThere) = (now, 1_000 + slot, true); break;
                case Act.Fall: price = Math.Round(price * 0.8m, 1) + (price > 0 ? acts * 0.001m : 0); break;
                case Act.Rise: price = Math.Round(price * 1.3m, 1) + (price > 0 ? acts * 0.001m : 0); break;
                case Act.Vanish: IsThere = false; break;
                case Act.Return: IsThere = price > 0; break;
            }

            prices.Add(price);
        }

        public void Read(NewsItem item)
        {
            var told = item.Listing.SellerPrice.Value;
            Assert.True(prices.Contains(told), Say($"never cost {told}"));
            if (item.Kind is NewsKind.New)
                Assert.True(named.Count == 0 && !WasAtStart, Say("is not new"));
            if (item.PreviousPrice is { } was)
                Assert.True(told < was.Value && named.Count > 0 && named.Min() == was.Value, Say($"did not fall from {was}"));
            else
                Assert.True(named.Count == 0, Say("was named before"));
            named.Add(told);
        }

        /// <summary>What was there at eBay's first answer and never fell need not be named: the first mail counted it and linked to it.</summary>
        public void MustBeKnown()
        {
            Assert.True(WasAtStart || named.Count > 0, Say("was never named"));
            Assert.True(named.Count == 0 || named.Min() <= price, Say($"costs {price} and Ann does not know"));
        }

        string Say(string what) => string.Create(CultureInfo.InvariantCulture, $"{Listing.Title} {what}; named: {string.Join(", ", named)}");
    }
}
