using Alerts.Cluster.Tests;
using Alerts.Settings;
using Alerts.Testing;
using Alerts.Users;

namespace Alerts.Tests.SharedData;

public sealed class SiloSubscriptionsTests : IDisposable
{
    const string Rows = "SELECT user_id, query, frequency_minutes, active FROM subscriptions JOIN queries ON queries.query_id = subscriptions.query_id ORDER BY query";
    readonly TempFolder folder = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Other_services_see_what_a_user_watches_from_enrolment_to_deletion()
    {
        var settings = new Dictionary<string, string?>(EmbeddedSilo.Settings(folder)) { ["Alerts:Confirmation"] = "Off" };
        await using var silo = await SharedDataOfASilo.StartAsync(settings, Cancellation);
        var id = UserId.New();
        var ann = silo.Grains.GetGrain<IUserGrain>(id);

        await ann.EnrolAsync(new() { Email = "ann@example.org", FrequencyMinutes = 10, Searches = [new SearchSettings { Id = "s-00000001", Phrase = "iPhone 13", Sellers = ["secret-seller"] }] });
        await silo.Told.ReachAsync(1, Cancellation);
        Assert.Equal([$"{id} | EBAY_US?q=iphone%2013&sort=price&filter={Uri.EscapeDataString("sellers:{1}")} | 10 | 1"], await silo.RowsAsync(Rows));

        await ann.PauseAsync();
        await silo.Told.ReachAsync(2, Cancellation);
        Assert.EndsWith("| 10 | 0", Assert.Single(await silo.RowsAsync(Rows)), StringComparison.Ordinal);

        await ann.DeleteAsync();
        await silo.Told.ReachAsync(3, Cancellation);
        Assert.Empty(await silo.RowsAsync(Rows));
    }

    public void Dispose() => folder.Dispose();
}
