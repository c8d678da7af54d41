using Alerts.Email;
using Alerts.Users;
using CsCheck;
using static Alerts.Tests.Users.Some;

namespace Alerts.Tests.Users;

/// <summary>
/// The promise of delivery over any history of two searches with failures, crashes and a mail server that is away at times:
/// a crash loses what was not written, and what was sent is in the delivery log.
/// </summary>
public class RunPlanProperties
{
    readonly record struct Step(int[] Prices, bool FirstFails, bool SecondFails, bool MailIsAway, bool Crashes);

    static readonly Gen<Step> step =
        from prices in Gen.Int[-2, 6].Select(price => Math.Max(price, 0)).Array[6]
        from failures in Gen.Int[0, 9].Array[4]
        select new Step(prices, failures[0] == 0, failures[1] == 0, failures[2] < 3, failures[3] < 3);

    [Fact]
    public void Across_crashes_and_outages_nothing_is_told_twice_and_nothing_is_lost() =>
        step.Array[1, 25].Sample(Follow, iter: 5_000);

    static void Follow(Step[] steps)
    {
        // Two searches that find the same: what one of them tells, the other does not.
        var stored = User(Choosing(SearchFor("iphone 13", "s-00000001"), SearchFor("apple iphone", "s-00000002")));
        var user = stored;
        var sent = new HashSet<string>();
        var known = new Dictionary<long, decimal>();
        var now = Noon;
        foreach (var (prices, firstFails, secondFails, mailIsAway, crashes) in steps.Append(new Step([], false, false, false, false)))
        {
            var listings = prices.Length > 0 ? Listings(prices) : [.. known.Select(pair => Listing(pair.Key, pair.Value))];
            if (crashes)
                user = stored.Outbox is { } entry && sent.Contains(entry.Notification.Id) ? stored with { Outbox = null } : stored;

            Assert.True(Schedule.IsDue(user, now));
            var plan = RunPlan.Make(user, [Answer(user, 0, firstFails, listings, now), Answer(user, 1, secondFails, listings, now)], now, AlertsOptions.StandardReminderPeriod, AnnId);
            user = plan.Next;
            if (plan.MustWrite)
                stored = user;
            if (user.Outbox is { } outbox && !mailIsAway)
            {
                Read(outbox.Notification, known);
                Assert.True(sent.Add(outbox.Notification.Id));
                user = user with { Outbox = null };
            }

            if (!mailIsAway && !(firstFails && secondFails))
                Assert.All(listings, listing => Assert.True(known[listing.ListingNumber] <= listing.SellerPrice.Value));
            now += AlertsOptions.StandardReminderPeriod;
            // A rise is seen, and a drop from there is news again, whether or not the rise was told.
            if (!firstFails && !secondFails)
            {
                foreach (var listing in listings.Where(listing => known.ContainsKey(listing.ListingNumber)))
                    known[listing.ListingNumber] = Math.Max(known[listing.ListingNumber], listing.SellerPrice.Value);
            }
        }
    }

    static List<Listing> Listings(int[] prices) =>
        [.. prices.Select((price, at) => Listing(at + 1, price)).Where(listing => listing.SellerPrice.Value > 0)];

    static SearchAnswer Answer(UserState user, int search, bool fails, List<Listing> listings, DateTimeOffset now)
    {
        if (fails)
            return new SearchAnswer { Failure = "eBay did not answer." };
        var snapshot = Snapshot(now, null, listings);
        var settings = user.Settings.Searches[search];
        var isKnown = RunPlan.KnownVersion(user, settings, SearchQuery.KeyOf(settings), now) == snapshot.Version;
        return new SearchAnswer { Snapshot = isKnown ? null : snapshot, FetchedAt = now };
    }

    /// <summary>The person reads a mail: each listing in it once, and each a listing not known or cheaper than known.</summary>
    static void Read(Notification mail, Dictionary<long, decimal> known)
    {
        var items = mail.Sections.SelectMany(section => section.Items).ToList();
        Assert.NotEmpty(items);
        Assert.Equal(items.Count, items.Select(item => item.Listing.ListingNumber).Distinct().Count());
        foreach (var item in items)
        {
            var price = item.Listing.SellerPrice.Value;
            if (item.Kind is NewsKind.PriceDrop)
                Assert.True(price < item.PreviousPrice!.Value.Value && price < known[item.Listing.ListingNumber]);
            else
                Assert.DoesNotContain(item.Listing.ListingNumber, known.Keys);
            known[item.Listing.ListingNumber] = price;
        }
    }
}
