using Alerts.Demo.Marketplace;

namespace Alerts.Gateway.Tests.Pages;

/// <summary>Who sees a listing on a page gets no mail of it; a scanner that follows a mail's link has seen nothing.</summary>
public class SeenOnAPageTests
{
    const string Phrase = "slide trumpet";

    static ListingSpec Thing(int number) => new($"{440_000_000_000 + number}", $"Slide trumpet {number}", 50);

    [Fact]
    public async Task Only_who_is_signed_in_or_presses_the_button_has_seen_what_a_page_lists()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Marketplace.Script(Phrase, [Thing(1)]);
        using var signedIn = new WebPerson(gateway.Address);
        var email = TestGateway.NewEmail();
        await signedIn.GoAsync("/");
        await signedIn.PressAsync("See what is there", ("phrase", Phrase));
        await signedIn.PressAsync("Watch it", ("email", email));
        var readers = new Dictionary<string, string>
        {
            [email] = (await gateway.Admin.FindUserAsync(email)).Text("id"),
        };
        foreach (var person in (Person[])[await gateway.EnrolAsync(Phrase), await gateway.EnrolAsync(Phrase)])
            readers[person.Email] = person.Id;
        var (presses, scanned) = (readers.Keys.ElementAt(1), readers.Keys.ElementAt(2));
        var pages = new Dictionary<string, string>();
        foreach (var (address, id) in readers)
        {
            var mail = await gateway.MailToAsync(address);
            var manage = new Uri(mail.TextBody!.Split(' ', '\r', '\n').First(word => word.Contains("/manage/", StringComparison.Ordinal)));
            var user = await gateway.Admin.PatchJsonAsync($"/v1/users/{id}", """{ "notify": "digest", "digestHour": 12 }""").IsAsync(200);
            pages[address] = $"{manage.AbsolutePath}/searches/{user.GetProperty("searches")[0].Text("id")}";
        }

        gateway.Marketplace.Script(Phrase, [Thing(1), Thing(2), Thing(3)]);
        await CheckAsync(gateway, readers.Values, TimeSpan.FromMinutes(10));
        using var browser = new WebPerson(gateway.Address);
        await browser.GoAsync(pages[scanned]);
        Assert.Contains("I have seen these: do not mail them to me", browser.Text, StringComparison.Ordinal);
        await browser.GoAsync(pages[presses]);
        await browser.PressAsync("I have seen these: do not mail them to me");
        Assert.Equal((200, pages[presses]), (browser.Status, browser.Address.AbsolutePath));
        await signedIn.GoAsync("/alerts");
        await signedIn.FollowAsync(Phrase);
        Assert.Contains("What you see here counts as told", signedIn.Text, StringComparison.Ordinal);

        await CheckAsync(gateway, readers.Values, TimeSpan.FromHours(3));

        Assert.Contains("Slide trumpet 3", (await gateway.MailToAsync(scanned, mail => mail.TextBody!.Contains("Slide trumpet 2", StringComparison.Ordinal))).TextBody, StringComparison.Ordinal);
        Assert.All((string[])[email, presses], address => Assert.DoesNotContain(gateway.Mailbox.Mails,
            mail => mail.Recipients.Contains(address) && mail.TextBody!.Contains("Slide trumpet 2", StringComparison.Ordinal)));
        Assert.All(await Task.WhenAll(readers.Where(reader => reader.Key != scanned).Select(reader => gateway.Admin.GetJsonAsync($"/v1/users/{reader.Value}/notifications"))),
            list => Assert.DoesNotContain(list.GetProperty("items").EnumerateArray(), item => item.Text("kind") == "digest"));
    }

    /// <summary>Later, everybody is checked.</summary>
    static async Task CheckAsync(TestGateway gateway, IEnumerable<string> ids, TimeSpan later)
    {
        gateway.Clock.Advance(later);
        foreach (var id in ids)
        {
            await gateway.TickAsync(id);
            await gateway.UntilAsync(
                async () => (await gateway.Admin.GetJsonAsync($"/v1/users/{id}/results")).GetProperty("items")[0].GetProperty("lastSuccess").GetDateTimeOffset(),
                at => at == gateway.Clock.GetUtcNow());
        }
    }
}
