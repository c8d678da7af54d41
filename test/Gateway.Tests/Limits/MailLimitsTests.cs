using System.Net.Http.Json;
using Alerts.Configuration;
using Alerts.Users.Addresses;

namespace Alerts.Gateway.Tests.Limits;

/// <summary>Attacks: many addresses of one mailbox, of one domain, or of everybody.</summary>
public class MailLimitsTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tags_behind_a_plus_fill_no_mailbox()
    {
        await using var gateway = await TestGateway.StartAsync(ConfirmationMode.Required, isLimited: true);

        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 20; i++)
            answers.Add(await EnrolAsync(gateway, $"victim+{i}@example.org"));

        Assert.Equal([.. Enumerable.Repeat(201, 5), .. Enumerable.Repeat(429, 15)], answers.Select(answer => (int)answer.StatusCode));
        Assert.All(answers[5..], answer => Assert.Equal(TimeSpan.FromDays(1) / 5, answer.Headers.RetryAfter!.Delta));
        var mails = await gateway.Mailbox.WaitForCountAsync(5, Cancellation);
        Assert.Equal(5, mails.Count);
        // Others are not held up by them, and a key is not counted.
        Assert.Equal(429, (int)(await EnrolAsync(gateway, "VICTIM+x@example.org")).StatusCode);
        Assert.Equal(201, (int)(await gateway.Admin.PostAsJsonAsync("/v1/users", TestGateway.Settings("victim+y@example.org"), Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("EnrolmentsPerDomainHour", "a@example.org", "b@example.org", "c@example.net")]
    [InlineData("EnrolmentsPerHourOfAll", "a@example.org", "b@example.net", null)]
    public async Task A_domain_and_all_together_have_a_limit(string setting, string first, string second, string? third)
    {
        await using var gateway = await TestGateway.StartAsync(
            ConfirmationMode.Required, new Dictionary<string, string?> { [$"Alerts:RateLimits:{setting}"] = "1" }, isLimited: true);

        Assert.Equal(201, (int)(await EnrolAsync(gateway, first)).StatusCode);
        using var refused = await EnrolAsync(gateway, second);
        Assert.Equal((429, TimeSpan.FromHours(1)), ((int)refused.StatusCode, refused.Headers.RetryAfter!.Delta));
        if (third is not null)
            Assert.Equal(201, (int)(await EnrolAsync(gateway, third)).StatusCode);
    }

    [Theory]
    [InlineData("Ann+x+y@Example.org", "ann@example.org")]
    [InlineData("+x@example.org", "+x@example.org")]
    [InlineData("a.n.n@example.org", "a.n.n@example.org")]
    [InlineData("a.n.n+x@googlemail.com", "ann@gmail.com")]
    [InlineData("ann@b\u00fccher.example", "ann@xn--bcher-kva.example")]
    public void Addresses_of_one_mailbox_count_as_one(string address, string mailbox) => Assert.Equal(mailbox, Mailbox.Of(address));

    static Task<HttpResponseMessage> EnrolAsync(TestGateway gateway, string email) =>
        gateway.Anonymous.PostAsJsonAsync("/v1/users", TestGateway.Settings(email), Cancellation);
}
