using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Alerts.Demo;
using Alerts.Demo.Marketplace;

namespace Alerts.Accounts;

/// <summary>
/// The accountant beside a running demo: enrols people, reads market and mailbox for some time, then says what was told and what not.
/// <c>dotnet run --project test/Accountant -- [minutes] [gateway] [marketplace] [mailbox]</c>.
/// </summary>
static class DemoAccounts
{
    static readonly TimeSpan look = TimeSpan.FromSeconds(5);
    static readonly string[] phrases = ["iphone 13", "lego 10497", "thinkpad x1"];

    /// <summary>0 when nothing went wrong.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output)
    {
        var time = TimeSpan.FromMinutes(args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 60);
        using var gateway = new HttpClient { BaseAddress = new Uri(args.ElementAtOrDefault(1) ?? "http://127.0.0.1:5080") };
        using var marketplace = new HttpClient { BaseAddress = new Uri(args.ElementAtOrDefault(2) ?? "http://127.0.0.1:5081") };
        using var mailbox = new HttpClient { BaseAddress = new Uri(args.ElementAtOrDefault(3) ?? "http://127.0.0.1:5082") };
        gateway.DefaultRequestHeaders.Add("X-Api-Key", DemoOptions.ApiKey);

        var truth = new MarketTruth();
        var books = new Books(truth);
        var run = Guid.NewGuid().ToString("N")[..8];
        await ObserveAsync(marketplace, truth);
        foreach (var phrase in phrases)
        {
            foreach (var minutes in (int[])[2, 10, 20])
                books.Add(await EnrolAsync(gateway, run, phrase, minutes, isCheapest: false));
            books.Add(await EnrolAsync(gateway, run, phrase, 2, isCheapest: true));
            books.Add(await EnrolForAuctionsAsync(gateway, run, phrase));
        }

        var last = 0L;
        for (var until = DateTimeOffset.UtcNow + time; DateTimeOffset.UtcNow < until; await Task.Delay(look))
        {
            await ObserveAsync(marketplace, truth);
            last = await ReadAsync(mailbox, books, last);
            books.EndAuctions(DateTimeOffset.UtcNow);
        }

        await books.CloseAsync(DateTimeOffset.UtcNow, async watcher => await LinkedPages.ReadAsync(watcher, gateway));
        await output.WriteLineAsync(books.Report());
        return books.Findings.Count == 0 ? 0 : 1;
    }

    static async Task ObserveAsync(HttpClient marketplace, MarketTruth truth)
    {
        foreach (var phrase in phrases)
        {
            var onSale = await marketplace.GetFromJsonAsync<ListingSpec[]>($"demo/market.json?q={Uri.EscapeDataString(phrase)}");
            truth.Observe(phrase, [.. onSale!.Where(listing => listing.BidCount is null)], DateTimeOffset.UtcNow);
            truth.Observe(AuctionsOf(phrase), [.. onSale!.Where(listing => listing.BidCount is not null)], DateTimeOffset.UtcNow);
        }
    }

    static string AuctionsOf(string phrase) => $"auctions of {phrase}";

    static async Task<Watcher> EnrolAsync(HttpClient gateway, string run, string phrase, int minutes, bool isCheapest)
    {
        var address = $"{run}-{phrase.Replace(' ', '-')}-{minutes}{(isCheapest ? "-cheapest" : "")}@example.org";
        await EnrolAsync(gateway, address, minutes, new
        {
            phrase, watch = isCheapest ? "cheapest" : "everything", rules = new { dropPercent = 5, minimumChange = 1, rearmPercent = 0 },
        });
        return new Watcher
        {
            Address = address, Settings = $"{phrase} every {minutes} minutes{(isCheapest ? ", the cheapest" : "")}", Interval = TimeSpan.FromMinutes(minutes),
            Watches = [new Watch(phrase, DateTimeOffset.UtcNow, _ => true)
            {
                DropPercent = 5, MinimumChange = 1, RearmPercent = 0, IsCheapestOnly = isCheapest,
            }],
        };
    }

    static async Task<Watcher> EnrolForAuctionsAsync(HttpClient gateway, string run, string phrase)
    {
        const int Minutes = 10, Lead = 30;
        var address = $"{run}-{phrase.Replace(' ', '-')}-auctions@example.org";
        await EnrolAsync(gateway, address, Minutes, new { phrase, buyingOptions = new[] { "AUCTION" }, rules = new { newListings = false, endingWithinMinutes = Lead } });
        return new Watcher
        {
            Address = address, Settings = $"auctions of {phrase}", Interval = TimeSpan.FromMinutes(Minutes),
            Watches = [new Watch(AuctionsOf(phrase), DateTimeOffset.UtcNow, _ => true) { Auctions = new AuctionWatch(TimeSpan.FromMinutes(Lead), null, null) }],
        };
    }

    static async Task EnrolAsync(HttpClient gateway, string address, int minutes, object search)
    {
        using var response = await gateway.PostAsJsonAsync("v1/users", new
        {
            email = address, frequencyMinutes = minutes, insights = false, minutesBetweenMails = 0, searches = new[] { search },
        });
        response.EnsureSuccessStatusCode();
    }

    static async Task<long> ReadAsync(HttpClient mailbox, Books books, long last)
    {
        var mails = await mailbox.GetFromJsonAsync<JsonElement>("mails.json?limit=500");
        foreach (var mail in mails.GetProperty("mails").EnumerateArray().Reverse().Where(mail => mail.GetProperty("sequence").GetInt64() > last).ToList())
        {
            last = mail.GetProperty("sequence").GetInt64();
            var text = await mailbox.GetStringAsync($"mails/{last}/text");
            books.Enter(AccountedMail.Read(
                mail.GetProperty("to")[0].GetString()!, mail.GetProperty("subject").GetString()!, mail.GetProperty("receivedAt").GetDateTimeOffset(), text));
        }
        return last;
    }
}
