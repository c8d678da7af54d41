using Alerts.Configuration;
using Alerts.Runs;
using Alerts.Search;
using Alerts.State;
using Alerts.State.Notifications;
using CsCheck;
using static Alerts.Tests.Some;

namespace Alerts.Tests.Runs;

/// <summary>
/// The promise of delivery over any history of two searches with failures, crashes and a mail server that is away at times:
/// a crash loses what was not written, and what was sent is in the delivery log.
/// </summary>
public class RunPlanPropertiesTests
{
    readonly record struct Step(int[] Prices, bool FirstFails, bool SecondFails, bool MailIsAway, bool Crashes)
    {
        public override string ToString() => $"[{string.Join(',', Prices)}]{(FirstFails ? " first fails" : "")}{(SecondFails ? " second fails" : "")}{(MailIsAway ? " no mail" : "")}{(Crashes ? " crash" : "")}";
    }

    static readonly Gen<Step> step =
        from prices in Gen.Int[-2, 6].Select(price => Math.Max(price, 0)).Array[6]
        from chances in Gen.Int[0, 9].Array[4]
        select new Step(prices, FirstFails: chances[0] == 0, SecondFails: chances[1] == 0, MailIsAway: chances[2] < 3, Crashes: chances[3] < 3);

    [Fact]
    public void Across_crashes_and_failed_searches_nothing_is_told_twice_and_nothing_is_lost() =>
        step.Select(one => one with { MailIsAway = false }).Array[1, 25].Sample(Follow, iter: 3_000, print: Print);

    // An alert that waits for the mail server while its two searches fail by turns may say again, truly, what the other will find.
    [Fact]
    public void Across_crashes_and_outages_of_eBay_and_mail_nothing_is_told_twice_and_nothing_is_lost() =>
        step.Select(one => one with { SecondFails = one.FirstFails }).Array[1, 25].Sample(Follow, iter: 3_000, print: Print);

    static string Print(Step[] steps) => string.Join("; ", steps);

    static void Follow(Step[] steps)
    {
        // Two searches that find the same: what one of them tells, the other does not.
        var stored = User(Choosing(SearchFor("iphone 13", "s-00000001"), SearchFor("apple iphone", "s-00000002")));
        var user = stored;
        var sent = new HashSet<string>();
        // The price from which a drop must be told, and that from which one may be: they differ when only one search saw a rise.
        var mustTellBelow = new Dictionary<long, decimal>();
        var mayTellBelow = new Dictionary<long, decimal>();
        var lastSeen = new Dictionary<long, decimal>();
        var now = Noon;
        foreach (var (prices, firstFails, secondFails, mailIsAway, crashes) in steps.Append(new Step(steps[^1].Prices, false, false, false, false)))
        {
            var listings = Listings(prices);
            if (crashes)
                user = stored.Outbox is { } entry && sent.Contains(entry.Notification.Id) ? stored with { Outbox = null } : stored;

            foreach (var listing in firstFails && secondFails ? [] : listings)
                lastSeen[listing.ListingNumber] = listing.SellerPrice.Value;
            Assert.True(Schedule.IsDue(user, now));
            var plan = Plan(user, now, Answer(user, 0, firstFails, listings, now), Answer(user, 1, secondFails, listings, now));
            user = plan.Next;
            if (plan.MustWrite)
                stored = user;
            if (user.Outbox is { } outbox && !mailIsAway)
            {
                Read(outbox.Notification, mayTellBelow);
                foreach (var item in outbox.Notification.Sections.SelectMany(section => section.Items))
                {
                    var (number, price) = (item.Listing.ListingNumber, item.Listing.SellerPrice.Value);
                    mustTellBelow[number] = price;
                    mayTellBelow[number] = Math.Max(price, lastSeen.GetValueOrDefault(number));
                }
                Assert.True(sent.Add(outbox.Notification.Id));
                user = user with { Outbox = null };
            }

            // A search that fails finds out later what the other one has no news of.
            if (!mailIsAway && !firstFails && !secondFails)
                Assert.All(listings, listing => Assert.True(mustTellBelow[listing.ListingNumber] <= listing.SellerPrice.Value));
            now += AlertsOptions.StandardReminderPeriod;
            // A rise is seen, and a drop from there is news again, whether or not the rise was told; unless a mail that waited
            // meanwhile would say in all that the price is what it was.
            if (!firstFails || !secondFails)
                Rise(mayTellBelow, listings);
            if (!firstFails && !secondFails && !steps.Any(one => one.MailIsAway))
                Rise(mustTellBelow, listings);
        }
    }

    static void Rise(Dictionary<long, decimal> prices, List<Listing> listings)
    {
        foreach (var listing in listings.Where(listing => prices.ContainsKey(listing.ListingNumber)))
            prices[listing.ListingNumber] = Math.Max(prices[listing.ListingNumber], listing.SellerPrice.Value);
    }

    static List<Listing> Listings(int[] prices) =>
        [.. prices.Select((price, at) => Listing(at + 1, price)).Where(listing => listing.SellerPrice.Value > 0)];

    static SearchAnswer Answer(UserState user, int search, bool fails, List<Listing> listings, DateTimeOffset now)
    {
        if (fails)
            return new SearchAnswer { Failure = "eBay did not answer." };
        var snapshot = Snapshot(now, null, listings);
        var settings = user.Settings.Searches[search];
        var isKnown = RunPlan.KnownVersion(user, settings, SearchQuery.KeyOf(settings, "en"), now) == snapshot.Version;
        return new SearchAnswer { Snapshot = isKnown ? null : snapshot, FetchedAt = now };
    }

    /// <summary>The person reads a mail: each listing in it once, and each a listing not known or, as a drop, cheaper than known.</summary>
    static void Read(Notification mail, Dictionary<long, decimal> known)
    {
        var items = mail.Sections.SelectMany(section => section.Items).ToList();
        Assert.True(items.Count > 0 || mail.Kind is NotificationKind.FirstResults);
        Assert.Equal(items.Count, items.Select(item => item.Listing.ListingNumber).Distinct().Count());
        foreach (var item in items)
        {
            if (item.Kind is NewsKind.PriceDrop)
                Assert.True(!(item.Listing.SellerPrice.Value >= item.PreviousPrice?.Value) && item.Listing.SellerPrice.Value < known[item.Listing.ListingNumber], Watch.InShort(item));
            else
                Assert.DoesNotContain(item.Listing.ListingNumber, known.Keys);
        }
    }
}
