using System.Security.Cryptography;
using System.Text;

namespace Alerts.Gateway.Tests.Cluster;

public class AccountDeletionTests(OpenGateway open)
{
    const string Token = "verification-token-of-32-characters-or-more";
    const string Notice = """{"metadata":{"topic":"MARKETPLACE_ACCOUNT_DELETION"},"notification":{"data":{"username":"somebody"}}}""";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://alerts.example.org/deleted", "https://alerts.example.org/deleted")]
    [InlineData(null, "https://alerts.example.org/ebay/account-deletion")]
    public async Task A_challenge_is_answered_with_the_hash_of_challenge_token_and_endpoint(string? setting, string endpoint)
    {
        await using var gateway = await TestGateway.StartAsync(settings: new Dictionary<string, string?>
        {
            ["Alerts:PublicUrl"] = "https://alerts.example.org/",
            ["Alerts:AccountDeletion:VerificationToken"] = Token,
            ["Alerts:AccountDeletion:Endpoint"] = setting,
            ["Alerts:RateLimits:AnonymousPerMinute"] = "3",
        });
        var expected = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("a1b2" + Token + endpoint)));

        Assert.Equal(expected, (await gateway.Anonymous.GetJsonAsync("/ebay/account-deletion?challenge_code=a1b2")).Text("challengeResponse"));
        await gateway.Anonymous.GetAsync("/ebay/account-deletion", Cancellation).IsAsync(400);
        for (var notices = 0; notices < 5; notices++) // more than an anonymous caller may otherwise ask
            await gateway.Anonymous.PostJsonAsync("/ebay/account-deletion", Notice).IsAsync(200);
    }

    [Fact]
    public async Task Without_a_verification_token_it_is_not_there()
    {
        await open.Gateway.Anonymous.GetAsync("/ebay/account-deletion?challenge_code=a1b2", Cancellation).IsAsync(404);
        await open.Gateway.Anonymous.PostJsonAsync("/ebay/account-deletion", Notice).IsAsync(404);
    }
}
