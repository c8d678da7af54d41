using System.Text;
using System.Text.Json;
using Alerts.Events;
using Alerts.Users;
using Alerts.Users.Addresses;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;

namespace Alerts.Gateway.Tests.Api;

/// <summary>Looks into every table of both databases for what was known about a person.</summary>
public class ErasureTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_about_a_deleted_user_remains_anywhere()
    {
        await using var gateway = await TestGateway.StartAsync();
        var email = TestGateway.NewEmail();
        var bob = await gateway.EnrolAsync("kept thing");
        var answer = await gateway.Anonymous.SendAsync(HttpMethod.Post, "/v1/users", JsonSerializer.Serialize(TestGateway.Settings(email, "erased thing")), ("Idempotency-Key", "erasure")).IsAsync(201);
        var ann = gateway.WithToken(answer.Text("manageToken"));
        var (id, url) = (answer.Text("id"), $"/v1/users/{answer.Text("id")}");
        await gateway.MailToAsync(email);
        await ann.PatchJsonAsync(url, """{ "frequencyMinutes": 60 }""").IsAsync(200);
        await ann.PostAsync(url + "/pause").IsAsync(200);
        await ann.PostAsync(url + "/resume").IsAsync(200);
        string[] traces = [id, email, EmailAddressKey.Of(email)];
        // All that is kept is there by now: state, address, reminder, delivery log, and what other services are told.
        var before = await gateway.UntilAsync(() => SoonAsync(gateway, traces), tables => tables.Length >= 5);
        Assert.Superset(new HashSet<string> { "OrleansStorage", "OrleansRemindersTable", "delivery_log", "subscriptions", "user_event" }, before.ToHashSet());

        await ann.DeleteAsync(url, Cancellation).IsAsync(204);

        // Other services learn for a day that the user was erased, and nothing else.
        await gateway.UntilAsync(() => SoonAsync(gateway, traces), tables => tables is ["user_event"]);
        var events = gateway.Services.GetRequiredService<EventLog>();
        Assert.Equal(["erased"], (await events.ReadAsync(default, Cancellation)).Where(one => one.Data.Contains(id, StringComparison.Ordinal)).Select(one => one.Type).Distinct());
        await ann.GetAsync(url, Cancellation).IsAsync(401);
        Assert.NotEmpty(await TablesWithAsync(gateway, [bob.Id]));
        var mails = gateway.Mailbox.Mails.Count(mail => mail.Recipients.Contains(email));
        Assert.Equal("Your product alerts have been deleted", gateway.Mailbox.Mails.Last(mail => mail.Recipients.Contains(email)).Subject);
        gateway.Clock.Advance(EventLog.KeepFor + TimeSpan.FromHours(1));
        await gateway.TickAsync(id);
        await events.DeleteOldAsync(100, Cancellation);
        Assert.Empty(await TablesWithAsync(gateway, traces));
        Assert.Equal(mails, gateway.Mailbox.Mails.Count(mail => mail.Recipients.Contains(email)));
        Assert.NotEmpty(await FilesWithAsync(gateway, bob.Email));
        foreach (var trace in traces)
            Assert.Empty(await FilesWithAsync(gateway, trace));
    }

    [Fact]
    public async Task Who_enrols_again_by_the_same_key_while_the_erasure_goes_on_stays()
    {
        await using var gateway = await TestGateway.StartAsync();
        var grains = gateway.Services.GetRequiredService<IGrainFactory>();
        var people = await Task.WhenAll(Enumerable.Range(0, 20).Select(async number =>
        {
            var email = TestGateway.NewEmail();
            var body = JsonSerializer.Serialize(TestGateway.Settings(email, "lamp"));
            var first = await gateway.Anonymous.SendAsync(HttpMethod.Post, "/v1/users", body, ("Idempotency-Key", $"again-{number}")).IsAsync(201);
            await gateway.MailToAsync(email);
            await gateway.Admin.DeleteAsync($"/v1/users/{first.Text("id")}", Cancellation).IsAsync(204);
            var second = await gateway.Anonymous.SendAsync(HttpMethod.Post, "/v1/users", body, ("Idempotency-Key", $"again-{number}")).IsAsync(201);
            return (Email: email, Id: second.Text("id"));
        }));
        foreach (var person in people)
            await gateway.MailToAsync(person.Email, mail => mail.Subject.Contains("have been deleted", StringComparison.Ordinal));

        // Read from the store again.
        var table = await gateway.Services.GetRequiredService<IReminderTable>().ReadRows(0, 0, Cancellation);
        var reminders = table.Reminders.Select(reminder => reminder.GrainId).ToHashSet();
        foreach (var person in people)
        {
            var user = grains.GetGrain<IUserGrain>(person.Id);
            await user.AsReference<IGrainManagementExtension>().DeactivateOnIdle(Cancellation);
            Assert.NotNull(await user.GetAsync());
            Assert.Equal(person.Id, (await gateway.Admin.FindUserAsync(person.Email)).Text("id"));
            Assert.Contains(user.GetGrainId(), reminders);
        }
    }

    /// <summary>The files that hold a text in any byte, used or free, once what waits in the write-ahead log is in its place.</summary>
    static async Task<string[]> FilesWithAsync(TestGateway gateway, string text)
    {
        foreach (var file in Directory.GetFiles(gateway.Folder, "*.db"))
        {
            await using var connection = new SqliteConnection($"Data Source={file};Pooling=False;Default Timeout=30");
            await connection.OpenAsync(Cancellation);
            // The service may be writing in this moment, as the audit log does after an answer.
            await gateway.UntilAsync(
                async () => Assert.Single(await RowsAsync(connection, "PRAGMA wal_checkpoint(TRUNCATE)")),
                answer => answer.StartsWith('0'));
        }

        return [.. Directory.GetFiles(gateway.Folder, "*.db").Where(file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0)];
    }

    /// <summary>What is written in batches is written by and by.</summary>
    static Task<string[]> SoonAsync(TestGateway gateway, string[] texts)
    {
        gateway.Clock.Advance(TimeSpan.FromMilliseconds(100));
        return TablesWithAsync(gateway, texts);
    }

    /// <summary>The tables that hold one of the texts in any column of any row.</summary>
    static async Task<string[]> TablesWithAsync(TestGateway gateway, string[] texts)
    {
        var found = new HashSet<string>();
        foreach (var file in Directory.GetFiles(gateway.Folder, "*.db"))
        {
            await using var connection = new SqliteConnection($"Data Source={file};Pooling=False;Mode=ReadOnly;Default Timeout=30");
            await connection.OpenAsync(Cancellation);
            foreach (var table in await RowsAsync(connection, "SELECT name FROM sqlite_master WHERE type = 'table'"))
            {
                var rows = await RowsAsync(connection, $"SELECT * FROM \"{table}\"");
                if (rows.Any(row => texts.Any(text => row.Contains(text, StringComparison.OrdinalIgnoreCase))))
                    found.Add(table);
            }
        }

        return [.. found];
    }

    static async Task<List<string>> RowsAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var rows = new List<string>();
        while (await reader.ReadAsync(Cancellation))
            rows.Add(string.Join('\n', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i) is byte[] bytes ? Encoding.UTF8.GetString(bytes) : reader.GetValue(i).ToString())));
        return rows;
    }
}
