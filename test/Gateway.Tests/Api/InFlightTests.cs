namespace Alerts.Gateway.Tests.Api;

/// <summary>What people change while a check of theirs waits for eBay's answer.</summary>
public sealed class InFlightTests : IAsyncLifetime
{
    readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    TestGateway gateway = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        gateway.Marketplace.OnSearch = _ =>
        {
            asked.TrySetResult();
            return answer.Task;
        };
    }

    public ValueTask DisposeAsync()
    {
        answer.TrySetResult();
        return gateway.DisposeAsync();
    }

    [Fact]
    public async Task The_mail_is_made_of_the_new_settings_alone()
    {
        var ann = await gateway.EnrolAsync("old thing");
        await asked.Task.WaitAsync(Cancellation);

        await ann.Api.PatchJsonAsync(ann.Url, """{ "searches": [ { "phrase": "new thing" }, { "phrase": "newer thing" } ], "language": "de-DE" }""").IsAsync(200);
        answer.SetResult();
        var mail = await gateway.MailToAsync(ann.Email);

        Assert.Contains("new thing", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("newer thing", mail.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("old thing", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Equal(["new thing", "newer thing"], (await ann.Api.GetJsonAsync(ann.Url + "/results")).GetProperty("items").EnumerateArray().Select(item => item.Text("phrase")));
    }

    [Fact]
    public async Task A_paused_user_gets_nothing_of_it()
    {
        var (ann, bob) = (await gateway.EnrolAsync("one thing"), await gateway.EnrolAsync("one thing"));
        await asked.Task.WaitAsync(Cancellation);

        await ann.Api.PostAsync(ann.Url + "/pause").IsAsync(200);
        answer.SetResult();
        await gateway.MailToAsync(bob.Email);
        await ann.Api.PostAsync(ann.Url + "/resume").IsAsync(200);
        await gateway.MailToAsync(ann.Email);

        Assert.Single(gateway.Mailbox.Mails, mail => mail.Recipients.Contains(ann.Email));
    }

    [Fact]
    public async Task A_deleted_user_waits_for_no_search_and_gets_a_goodbye_and_nothing_else()
    {
        var (ann, bob) = (await gateway.EnrolAsync("one thing"), await gateway.EnrolAsync("one thing"));
        await asked.Task.WaitAsync(Cancellation);

        await ann.Api.DeleteAsync(ann.Url, Cancellation).IsAsync(204);
        await gateway.MailToAsync(ann.Email, mail => mail.Subject.Contains("deleted", StringComparison.Ordinal));
        answer.SetResult();
        await gateway.MailToAsync(bob.Email);

        Assert.Single(gateway.Mailbox.Mails, mail => mail.Recipients.Contains(ann.Email));
    }
}
