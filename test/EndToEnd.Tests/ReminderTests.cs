using System.Net.Http.Json;
using Alerts.Demo;
using Alerts.Reminders;
using Alerts.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using static Alerts.EndToEnd.Support.ThingsOnSale;

namespace Alerts.EndToEnd;

/// <summary>Orleans' own durable reminder, on the system's clock, at the shortest period.</summary>
public sealed class ReminderTests
{
    [Fact]
    public async Task It_drives_the_next_search_and_mail_by_itself_and_goes_on_after_a_restart()
    {
        using var folder = new TempFolder();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        var options = Options(folder, "00:00:05");
        await using (var demo = await DemoApp.StartAsync(options))
        {
            demo.Marketplace.Script("iphone 13", Phones(310));
            using var api = new HttpClient { BaseAddress = demo.Address };
            using var response = await api.PostAsJsonAsync(
                "/v1/users", ann, deadline.Token);
            response.EnsureSuccessStatusCode();
            await demo.Mailbox.WaitForCountAsync(1, deadline.Token);

            demo.Marketplace.Script("iphone 13", Phones(300));
            Assert.Equal("iPhone 13 number 1: $300, was $310", (await demo.Mailbox.WaitForCountAsync(2, deadline.Token))[1].Subject);
        }

        await using var again = await DemoApp.StartAsync(options);
        again.Marketplace.Script("iphone 13", Phones(290));
        Assert.Equal("iPhone 13 number 1: $290, was $300", (await again.Mailbox.WaitForCountAsync(1, deadline.Token))[0].Subject);
    }

    [Fact]
    public async Task A_changed_period_reaches_reminders_that_exist_with_their_next_tick()
    {
        using var folder = new TempFolder();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(2));
        await using (var demo = await DemoApp.StartAsync(Options(folder, "00:00:10")))
        {
            demo.Marketplace.Script("iphone 13", Phones(310));
            using var api = new HttpClient { BaseAddress = demo.Address };
            using var response = await api.PostAsJsonAsync(
                "/v1/users", ann, deadline.Token);
            response.EnsureSuccessStatusCode();
            await demo.Mailbox.WaitForCountAsync(1, deadline.Token);
            Assert.Equal([TimeSpan.FromSeconds(10)], await PeriodsAsync(demo));
        }

        await using var again = await DemoApp.StartAsync(Options(folder, "00:00:05"));
        again.Marketplace.Script("iphone 13", Phones(290));
        while (await PeriodsAsync(again) is not [{ TotalSeconds: 5 }])
            deadline.Token.ThrowIfCancellationRequested();
        Assert.Equal("iPhone 13 number 1: $290, was $310", (await again.Mailbox.WaitForCountAsync(1, deadline.Token))[0].Subject);
    }

    /// <summary>Ann hears of any drop at once.</summary>
    static readonly object ann = new
    {
        email = "ann@example.org", frequencyMinutes = 2, minutesBetweenMails = 0,
        searches = new[] { new { phrase = "iphone 13", rules = new { dropPercent = 0, minimumChange = 0.01m } } },
    };

    static DemoOptions Options(TempFolder folder, string period) => new()
    {
        DataDirectory = folder.FullPath,
        Settings = new Dictionary<string, string?> { ["Alerts:ReminderPeriod"] = period, ["Logging:LogLevel:Default"] = "Error" },
    };

    static async Task<TimeSpan[]> PeriodsAsync(DemoApp demo) =>
        [.. (await demo.Gateway.Services.GetRequiredService<IReminderTable>().ReadRows(0, 0)).Reminders.Where(UserReminder.IsOne).Select(reminder => reminder.Period)];
}
