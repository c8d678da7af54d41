using System.Text.Json;
using System.Text.RegularExpressions;
using Alerts.Demo.Mailbox;
using Alerts.Demo.Marketplace;
using Alerts.Demo.Receivers;
using Alerts.Gateway.Tests.Pages;

namespace Alerts.Gateway.Tests.Channels;

/// <summary>Channels beside mail, from the seats of who sets them and who reads them.</summary>
public sealed partial class ChannelsTests : IAsyncLifetime
{
    TestGateway gateway = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => gateway = await TestGateway.StartAsync();

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    [Theory]
    [InlineData(ReceiverKind.Webhook), InlineData(ReceiverKind.Ntfy), InlineData(ReceiverKind.Discord), InlineData(ReceiverKind.Slack), InlineData(ReceiverKind.WebPush)]
    public async Task A_channel_gets_nothing_before_its_reader_agrees_and_all_news_after(ReceiverKind kind)
    {
        Sell("channel lamp", ("1", 100));
        var ann = await gateway.EnrolAsync("channel lamp");
        await gateway.MailToAsync(ann.Email);
        var channel = await AddAsync(ann, kind, "ann");
        Assert.Equal("unconfirmed", channel.Text("state"));
        var question = await ReceivedAsync(message => message.Kind == kind);

        Sell("channel lamp", ("1", 100), ("2", 90));
        await CheckAsync(ann);
        await gateway.MailToAsync(ann.Email, mail => mail.Subject.Contains("90", StringComparison.Ordinal));
        Assert.Single(gateway.Receivers.Messages);
        await AgreeAsync(question);
        Sell("channel lamp", ("1", 100), ("2", 90), ("3", 80));
        await CheckAsync(ann);

        var news = await ReceivedAsync(message => message != question);
        Assert.Contains("number 3", Unescaped(news.Body), StringComparison.Ordinal);
        Assert.Contains("80", news.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("number 2", Unescaped(news.Body), StringComparison.Ordinal);
        Assert.Equal(kind is ReceiverKind.Webhook or ReceiverKind.WebPush, news.IsSigned);
        var shown = await gateway.UntilAsync(() => ann.Api.GetJsonAsync($"{ann.Url}/channels/{channel.Text("id")}"), view => view.TryGetProperty("lastAcceptedAt", out _));
        Assert.Equal("active", shown.Text("state"));
        Assert.Equal("127.0.0.1", shown.Text("target"));
        Assert.False(shown.TryGetProperty("secret", out _));
        Assert.False(shown.TryGetProperty("url", out _));
        var deliveries = (await gateway.UntilAsync(
            () => ann.Api.GetJsonAsync($"{ann.Url}/channels/{channel.Text("id")}/deliveries"),
            page => page.GetProperty("items").EnumerateArray().Count(item => item.Text("state") == "sent") == 2)).GetProperty("items");
        Assert.Equal("changes", deliveries[0].Text("kind"));
        var mails = (await ann.Api.GetJsonAsync(ann.Url + "/notifications")).GetProperty("items").EnumerateArray();
        Assert.DoesNotContain(mails, mail => mail.Text("id").Contains(".c-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_chat_at_Telegram_is_linked_by_who_opens_it_with_the_code_once()
    {
        Sell("channel chair", ("1", 100));
        var ann = await gateway.EnrolAsync("channel chair");
        await gateway.MailToAsync(ann.Email);
        var channel = await ann.Api.PostJsonAsync(ann.Url + "/channels", """{ "kind": "telegram" }""").IsAsync(201);
        Assert.StartsWith($"https://t.me/{ReceiversServer.BotName}?start=", channel.Text("startUrl"), StringComparison.Ordinal);
        var code = channel.Text("startUrl").Split("start=")[1];
        Assert.Matches("^[A-Za-z0-9_-]{1,64}$", code);

        Assert.Equal(200, await gateway.Receivers.StartChatAsync(11, "Mallory", code[..^1] + "x"));
        Assert.Equal("unconfirmed", (await ann.Api.GetJsonAsync($"{ann.Url}/channels/{channel.Text("id")}")).Text("state"));
        Assert.Equal(200, await gateway.Receivers.StartChatAsync(42, "Ann", code));
        Assert.Equal(200, await gateway.Receivers.StartChatAsync(11, "Mallory", code));

        var linked = await ann.Api.GetJsonAsync($"{ann.Url}/channels/{channel.Text("id")}");
        Assert.Equal(("active", "Ann"), (linked.Text("state"), linked.Text("target")));
        Sell("channel chair", ("1", 50));
        await CheckAsync(ann);
        var news = await ReceivedAsync(message => message.Kind is ReceiverKind.Telegram);
        Assert.Equal("42", news.To);
    }

    [Fact]
    public async Task One_channel_is_dead_for_six_hours_while_the_others_are_on_time_and_then_it_gets_what_is_still_true_once()
    {
        Sell("channel table", ("1", 100), ("2", 100));
        var ann = await gateway.EnrolAsync("channel table");
        await gateway.MailToAsync(ann.Email);
        await AddAndAgreeAsync(ann, ReceiverKind.Ntfy, "alive");
        var dead = await AddAndAgreeAsync(ann, ReceiverKind.Webhook, "dead");
        gateway.Receivers.Faults.Add(ReceiverFault.Reply(503, ReceiverKind.Webhook));
        // One listing an hour comes; the second of them goes again, and the third gets cheaper.
        for (var hour = 1; hour <= 6; hour++)
        {
            var offers = Enumerable.Range(3, hour).Where(number => number != 4 || hour == 2).Select(number => ($"{number}", number == 5 && hour > 4 ? 70m : 90m + number));
            Sell("channel table", [("1", 100), ("2", 100), .. offers]);
            await CheckAsync(ann, TimeSpan.FromHours(1));
            var added = hour + 2;
            var news = await ReceivedAsync(message => message.Kind is ReceiverKind.Ntfy && Names(message, added));
            Assert.Equal(gateway.Clock.GetUtcNow(), news.At);
            var mail = await gateway.MailToAsync(ann.Email, mail => Regex.IsMatch(mail.TextBody!, $@"number {added}(?!\d)"));
            Assert.Equal(gateway.Clock.GetUtcNow(), mail.ReceivedAt);
            await DeadAsync(ann, dead, hour);
        }

        gateway.Receivers.Faults.Clear();
        await CheckAsync(ann, TimeSpan.FromHours(2));
        var late = await ReceivedAsync(IsWebhookNews);
        await CheckAsync(ann, TimeSpan.FromHours(2));
        await CheckAsync(ann, TimeSpan.FromHours(2));

        var listings = JsonDocument.Parse(late.Body).RootElement.GetProperty("searches")[0].GetProperty("listings").EnumerateArray().ToList();
        Assert.Equal(["number 3 ", "number 5 ", "number 6 ", "number 7 ", "number 8 "], listings.Select(listing => Number().Match(listing.Text("title") + " ").Value).Order());
        Assert.Equal(70, listings.Single(listing => listing.Text("title").EndsWith("number 5", StringComparison.Ordinal)).GetProperty("price").GetProperty("value").GetDecimal());
        Assert.Single(gateway.Receivers.Messages, IsWebhookNews);
    }

    [Fact]
    public async Task Mail_is_dead_for_six_hours_while_a_channel_is_on_time_and_then_one_mail_says_what_is_still_true()
    {
        Sell("channel bench", ("1", 100), ("2", 100));
        var ann = await gateway.EnrolAsync("channel bench");
        await gateway.MailToAsync(ann.Email);
        await AddAndAgreeAsync(ann, ReceiverKind.Ntfy, "alive");
        gateway.Mailbox.Faults.Add(MailboxFault.Reply(SmtpStage.Rcpt, 451, "4.3.0 Not now"));
        for (var hour = 1; hour <= 6; hour++)
        {
            var offers = Enumerable.Range(3, hour).Where(number => number != 4 || hour == 2).Select(number => ($"{number}", number == 5 && hour > 4 ? 70m : 90m + number));
            Sell("channel bench", [("1", 100), ("2", 100), .. offers]);
            await CheckAsync(ann, TimeSpan.FromHours(1));
            var added = hour + 2;
            var news = await ReceivedAsync(message => message.Kind is ReceiverKind.Ntfy && Names(message, added));
            Assert.Equal(gateway.Clock.GetUtcNow(), news.At);
            await gateway.UntilAsync(
                () => ann.Api.GetJsonAsync(ann.Url + "/notifications"), page => page.GetProperty("items")[0] is var first && first.Text("state") == "waiting"
                    && first.GetProperty("attempts").GetInt32() >= hour && first.TryGetProperty("nextAttemptAt", out _));
        }

        gateway.Mailbox.Faults.Clear();
        await CheckAsync(ann, TimeSpan.FromHours(2));
        var late = (await gateway.UntilAsync(() => Task.FromResult(gateway.Mailbox.Mails.Where(IsNewsOfBench).ToArray()), mails => mails.Length > 0))[0];
        await CheckAsync(ann, TimeSpan.FromHours(2));
        await CheckAsync(ann, TimeSpan.FromHours(2));

        Assert.Equal(["number 3", "number 5", "number 6", "number 7", "number 8"],
            Regex.Matches(late.TextBody!, @"number \d+").Select(match => match.Value).Distinct().Order());
        Assert.Contains("$70.00", late.TextBody, StringComparison.Ordinal);
        Assert.Single(gateway.Mailbox.Mails, IsNewsOfBench);
    }

    static bool IsNewsOfBench(ReceivedMail mail) => Regex.IsMatch(mail.TextBody!, "channel bench number [3-8]");

    [Fact]
    public async Task A_channel_that_fails_for_five_days_or_is_gone_is_disabled_and_its_owner_is_mailed()
    {
        Sell("channel desk", ("1", 100));
        var ann = await gateway.EnrolAsync("channel desk");
        await gateway.MailToAsync(ann.Email);
        var failing = await AddAndAgreeAsync(ann, ReceiverKind.Webhook, "failing");
        var gone = await AddAndAgreeAsync(ann, ReceiverKind.Discord, "gone");
        gateway.Receivers.Faults.Add(ReceiverFault.Reply(500, ReceiverKind.Webhook));
        gateway.Receivers.Faults.Add(ReceiverFault.Reply(404, ReceiverKind.Discord));

        Sell("channel desk", ("1", 50));
        await CheckAsync(ann);

        await gateway.MailToAsync(ann.Email, mail => mail.Subject == "Alerts no longer go to Discord");
        Assert.Equal("disabled", (await ann.Api.GetJsonAsync($"{ann.Url}/channels/{gone}")).Text("state"));
        for (var day = 1; day <= 5; day++)
        {
            await DeadAsync(ann, failing, day);
            await CheckAsync(ann, TimeSpan.FromDays(1));
        }

        await gateway.MailToAsync(ann.Email, mail => mail.Subject == "Alerts no longer go to Webhook");
        Assert.Equal("disabled", (await ann.Api.GetJsonAsync($"{ann.Url}/channels/{failing}")).Text("state"));
    }

    [Fact]
    public async Task A_search_goes_where_it_was_sent_and_by_mail_when_that_channel_is_gone()
    {
        Sell("channel here", ("1", 100));
        Sell("channel there", ("2", 100));
        var ann = await gateway.EnrolAsync("channel here", "channel there");
        await gateway.MailToAsync(ann.Email);
        var id = await AddAndAgreeAsync(ann, ReceiverKind.Webhook, "ann");
        var searches = (await ann.Api.GetJsonAsync(ann.Url + "/searches")).GetProperty("items");
        await ann.Api.PatchJsonAsync($"{ann.Url}/searches/{searches[0].Text("id")}", """{ "channels": ["mail"] }""").IsAsync(200);
        await ann.Api.PatchJsonAsync($"{ann.Url}/searches/{searches[1].Text("id")}", $$"""{ "channels": ["{{id}}"] }""").IsAsync(200);

        Sell("channel here", ("1", 50));
        Sell("channel there", ("2", 40));
        await CheckAsync(ann);
        var mail = await gateway.MailToAsync(ann.Email, mail => mail.Subject.Contains("50", StringComparison.Ordinal));
        var news = await ReceivedAsync(message => message.Body.Contains("alerts.news", StringComparison.Ordinal));
        Assert.DoesNotContain("channel there number", mail.TextBody!, StringComparison.Ordinal);
        Assert.Equal(["channel there"], JsonDocument.Parse(news.Body).RootElement.GetProperty("searches").EnumerateArray().Select(search => search.Text("phrase")));

        await ann.Api.SendAsync(HttpMethod.Delete, $"{ann.Url}/channels/{id}").IsAsync(204);
        Sell("channel there", ("2", 30));
        await CheckAsync(ann);
        await gateway.MailToAsync(ann.Email, mail => mail.TextBody!.Contains("channel there", StringComparison.Ordinal) && mail.TextBody!.Contains("30", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ReceiverFaultKind.Drop), InlineData(ReceiverFaultKind.Reply), InlineData(ReceiverFaultKind.KeepAndDrop), InlineData(ReceiverFaultKind.Endless)]
    public async Task A_test_says_what_the_channel_made_of_it(ReceiverFaultKind fault)
    {
        var ann = await gateway.EnrolAsync("channel tested");
        var id = await AddAndAgreeAsync(ann, ReceiverKind.Webhook, "ann");
        gateway.Receivers.Faults.Add(new ReceiverFault { Fault = fault, Status = 302, Times = 1 });

        var refused = await ann.Api.PostAsync($"{ann.Url}/channels/{id}/test").IsAsync(200);
        var accepted = await ann.Api.PostAsync($"{ann.Url}/channels/{id}/test").IsAsync(200);

        Assert.Equal(fault is ReceiverFaultKind.Endless, refused.GetProperty("accepted").GetBoolean());
        Assert.True(accepted.GetProperty("accepted").GetBoolean());
        Assert.DoesNotContain(gateway.Receivers.Messages, message => message.To == "redirected");
    }

    [Fact]
    public async Task Two_secrets_sign_for_a_day_and_then_the_new_one_alone()
    {
        var ann = await gateway.EnrolAsync("channel secrets");
        var id = await AddAndAgreeAsync(ann, ReceiverKind.Webhook, "ann");
        var next = "whsec_" + Convert.ToBase64String(new byte[32]);

        await ann.Api.PutJsonAsync($"{ann.Url}/channels/{id}", $$"""{ "kind": "webhook", "name": "Mine", "secret": "{{next}}" }""").IsAsync(200);
        await ann.Api.PostAsync($"{ann.Url}/channels/{id}/test").IsAsync(200);
        gateway.Clock.Advance(TimeSpan.FromDays(1));
        await ann.Api.PostAsync($"{ann.Url}/channels/{id}/test").IsAsync(200);

        Assert.Equal([true, true, false], gateway.Receivers.Messages.Select(message => message.IsSigned));
    }

    [Fact]
    public async Task What_is_wrong_with_a_channel_is_named_and_an_eleventh_is_refused()
    {
        var ann = await gateway.EnrolAsync("channel rules");
        var url = gateway.Receivers.UrlOf(ReceiverKind.Webhook, "ann");

        Assert.Equal(["url"], await Add("""{ "kind": "webhook" }""").IsInvalidAsync());
        Assert.Equal(["url"], await Add("""{ "kind": "webhook", "url": "http://example.org/x" }""").IsInvalidAsync());
        Assert.Equal(["url"], await Add("""{ "kind": "webhook", "url": "https://me:secret@example.org/x" }""").IsInvalidAsync());
        Assert.Equal(["url"], await Add("""{ "kind": "discord", "url": "https://example.org/api/webhooks/1/x" }""").IsInvalidAsync());
        Assert.Equal(["url"], await Add("""{ "kind": "slack", "url": "https://hooks.slack.com/" }""").IsInvalidAsync());
        Assert.Equal(["secret"], await Add($$"""{ "kind": "webhook", "url": "{{url}}", "secret": "short" }""").IsInvalidAsync());
        Assert.Equal(["secret"], await Add($$"""{ "kind": "ntfy", "url": "https://ntfy.sh/ann", "secret": "{{ReceiversServer.Secret}}" }""").IsInvalidAsync());
        Assert.Equal(["name"], await Add($$"""{ "kind": "webhook", "url": "{{url}}", "name": " " }""").IsInvalidAsync());
        Assert.Equal(["keys"], await Add($$"""{ "kind": "webPush", "url": "{{url}}" }""").IsInvalidAsync());
        Assert.Equal(["keys.auth"], await Add($$"""{ "kind": "webPush", "url": "{{url}}", "keys": { "p256dh": "{{PushBrowser.P256dh}}", "auth": "no" } }""").IsInvalidAsync());
        Assert.Equal(["keys.auth"], await Add($$"""{ "kind": "webPush", "url": "{{url}}", "keys": { "p256dh": "{{PushBrowser.P256dh}}" } }""").IsInvalidAsync());
        Assert.Equal(["keys"], await Add($$"""{ "kind": "slack", "url": "{{gateway.Receivers.UrlOf(ReceiverKind.Slack, "ann")}}", "keys": { "p256dh": "x", "auth": "y" } }""").IsInvalidAsync());
        Assert.Equal(["token"], await Add($$"""{ "kind": "webhook", "url": "{{url}}", "token": "x" }""").IsInvalidAsync());
        Assert.Equal(["kind"], await Add($$"""{ "kind": "fax", "url": "{{url}}" }""").IsInvalidAsync());
        var searches = (await ann.Api.GetJsonAsync(ann.Url + "/searches")).GetProperty("items");
        Assert.Equal(["channels[0]"], await ann.Api.PatchJsonAsync($"{ann.Url}/searches/{searches[0].Text("id")}", """{ "channels": ["fax"] }""").IsInvalidAsync());
        for (var number = 0; number < 10; number++)
            await Add($$"""{ "kind": "webhook", "url": "{{url}}{{number}}" }""").IsAsync(201);
        await Add($$"""{ "kind": "webhook", "url": "{{url}}" }""").IsAsync(409);
        Assert.Equal(10, (await ann.Api.GetJsonAsync(ann.Url + "/channels")).GetProperty("items").GetArrayLength());

        Task<HttpResponseMessage> Add(string json) => ann.Api.PostJsonAsync(ann.Url + "/channels", json);
    }

    [Fact]
    public async Task A_channels_secrets_are_not_readable_in_the_database_and_survive_a_restart()
    {
        var ann = await gateway.EnrolAsync("channel stored");
        var id = await AddAndAgreeAsync(ann, ReceiverKind.Webhook, "hidden-path");

        await gateway.RestartAsync();
        await ann.Api.PostAsync($"{ann.Url}/channels/{id}/test").IsAsync(200);

        Assert.True(gateway.Receivers.Messages[^1].IsSigned);
        var stored = string.Concat(Directory.GetFiles(gateway.Folder, "alerts.db*").Select(ReadShared));
        Assert.DoesNotContain("hidden-path", stored, StringComparison.Ordinal);
        Assert.DoesNotContain(ReceiversServer.Secret, stored, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ReceiverFaultKind.Drop, 1), InlineData(ReceiverFaultKind.KeepAndDrop, 2)]
    public async Task What_was_on_its_way_at_a_restart_comes_once_or_twice_under_one_name_and_is_never_lost(ReceiverFaultKind fault, int times)
    {
        Sell("channel shelf", ("1", 100));
        var ann = await gateway.EnrolAsync("channel shelf");
        await gateway.MailToAsync(ann.Email);
        var id = await AddAndAgreeAsync(ann, ReceiverKind.Webhook, "ann");
        gateway.Receivers.Faults.Add(new ReceiverFault { Fault = fault, Times = 1 });
        Sell("channel shelf", ("1", 50));
        await CheckAsync(ann);
        await DeadAsync(ann, id, 1);

        await gateway.RestartAsync();
        await CheckAsync(ann);
        await gateway.UntilAsync(() => Task.FromResult(gateway.Receivers.Messages.Count(IsWebhookNews)), count => count == times);
        await gateway.UntilAsync(
            () => ann.Api.GetJsonAsync($"{ann.Url}/channels/{id}/deliveries"), page => page.GetProperty("items")[0].Text("state") == "sent");
        await gateway.RestartAsync();
        await CheckAsync(ann);
        await gateway.UntilAsync(
            () => ann.Api.GetJsonAsync($"{ann.Url}/channels/{id}/deliveries"), page => page.GetProperty("items")[0].Text("state") == "sent");

        var names = gateway.Receivers.Messages.Where(IsWebhookNews).Select(message => message.Id).ToList();
        Assert.Equal(times, names.Count);
        Assert.Single(names.Distinct());
    }

    [Fact]
    public async Task On_the_page_of_settings_a_channel_is_added_tried_and_removed()
    {
        var email = TestGateway.NewEmail();
        using var web = new WebPerson(gateway.Address);
        await web.GoAsync("/");
        await web.PressAsync("See what is there", ("phrase", "channel page"));
        await web.PressAsync("Watch it", ("email", email));
        await web.GoAsync("/settings");

        Assert.DoesNotContain(web.Page.QuerySelectorAll("ul"), list => list.ChildElementCount == 0);
        await web.PressAsync("Add a channel", ("kind", "discord"), ("url", "https://example.org/nowhere"));
        Assert.Equal(400, web.Status);
        Assert.Contains("Use the address that the service gave you.", web.Text, StringComparison.Ordinal);
        await web.PressAsync("Add a channel", ("kind", "discord"), ("url", gateway.Receivers.UrlOf(ReceiverKind.Discord, "ann")), ("name", "Our Discord"));
        Assert.Contains("Open the link in the message that was sent there.", web.Text, StringComparison.Ordinal);
        var question = await ReceivedAsync(message => message.Kind is ReceiverKind.Discord);
        await web.GoAsync(new Uri(Link().Match(question.Body).Value).PathAndQuery);
        Assert.Contains("Our Discord", web.Text, StringComparison.Ordinal);
        await web.PressAsync("Yes, send them here");
        Assert.Equal("Alerts come here now", web.Heading);
        await web.GoAsync("/settings");
        Assert.Single(web.Page.QuerySelectorAll("#channels ~ ul.cards li"), item => item.TextContent.Contains("Our Discord", StringComparison.Ordinal));
        await web.PressAsync("Send a test: Our Discord");
        Assert.Contains("It took the message.", web.Text, StringComparison.Ordinal);
        await web.GoAsync("/settings");
        await web.PressAsync("Add a channel", ("kind", "webhook"), ("url", gateway.Receivers.UrlOf(ReceiverKind.Webhook, "ann")));
        Assert.StartsWith("whsec_", web.Page.QuerySelector("code.token")!.TextContent, StringComparison.Ordinal);
        await web.GoAsync("/settings");
        await web.PressAsync("Remove: Our Discord");
        Assert.DoesNotContain("Our Discord", web.Text, StringComparison.Ordinal);
        (string, string)[] subscription = [("url", gateway.Receivers.UrlOf(ReceiverKind.WebPush, "ann")), ("p256dh", PushBrowser.P256dh), ("auth", PushBrowser.Auth), ("platform", "Linux")];
        await web.PressAsync("Alerts in this browser", ("url", "https://example.org/"));
        Assert.Equal(400, web.Status);
        Assert.Contains("This browser takes no notifications for this page.", web.Text, StringComparison.Ordinal);
        await web.PressAsync("Alerts in this browser", subscription);
        Assert.Contains("A notification was sent to this browser.", web.Text, StringComparison.Ordinal);
        Assert.Contains("A browser, Linux", web.Text, StringComparison.Ordinal);

        gateway.Clock.Advance(TimeSpan.FromMinutes(16));
        await web.GoAsync("/settings");
        Assert.DoesNotContain(web.Page.QuerySelectorAll("button"), button => button.TextContent.Contains("Add a channel", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_the_news_of_a_search_goes_is_chosen_on_its_page()
    {
        var email = TestGateway.NewEmail();
        using var web = new WebPerson(gateway.Address);
        await web.GoAsync("/");
        await web.PressAsync("See what is there", ("phrase", "channel choice"));
        await web.PressAsync("Watch it", ("email", email));
        await web.FollowAsync("Edit: channel choice");
        Assert.DoesNotContain("Where its news goes", web.Text, StringComparison.Ordinal);
        await web.GoAsync("/settings");
        await web.PressAsync("Add a channel", ("kind", "slack"), ("url", gateway.Receivers.UrlOf(ReceiverKind.Slack, "ann")), ("name", "Our Slack"));
        await web.GoAsync("/alerts");
        await web.FollowAsync("Edit: channel choice");

        await web.PressAsync("Save", ("channels", "mail"));
        Assert.Equal((200, "/alerts"), (web.Status, web.Address.AbsolutePath));
        Assert.Equal("mail", (await SearchAsync()).GetProperty("channels")[0].GetString());
        await web.FollowAsync("Edit: channel choice");
        Assert.Equal(["mail"], web.Page.QuerySelectorAll("input[name=channels][checked]").Select(box => box.GetAttribute("value")));
        await web.PressAsync("Save", ("channels", "c-99999999"));

        // None of those that are there is everywhere.
        Assert.False((await SearchAsync()).TryGetProperty("channels", out _));

        async Task<JsonElement> SearchAsync() => (await gateway.Admin.FindUserAsync(email)).GetProperty("searches")[0];
    }

    [Fact]
    public async Task A_channel_that_never_answers_a_test_holds_up_nothing_else_of_its_user()
    {
        var ann = await gateway.EnrolAsync("channel slow");
        var id = await AddAndAgreeAsync(ann, ReceiverKind.Webhook, "ann");
        gateway.Receivers.Faults.Add(new ReceiverFault { Fault = ReceiverFaultKind.Silence, Times = 1 });
        var struck = gateway.Receivers.Faults.Struck.Value;
        var test = ann.Api.PostAsync($"{ann.Url}/channels/{id}/test");
        await gateway.Receivers.Faults.Struck.WaitForAsync(struck + 1, Cancellation);

        await ann.Api.PostAsync(ann.Url + "/pause").IsAsync(200);

        Assert.False(test.IsCompleted);
        Assert.False((await test.IsAsync(200)).GetProperty("accepted").GetBoolean());
    }

    [Fact]
    public async Task Nobody_manages_the_channels_of_another_and_the_link_of_a_mail_only_reads()
    {
        var (ann, ben) = (await gateway.EnrolAsync("channel mine"), await gateway.EnrolAsync("channel yours"));

        await ben.Api.GetAsync(ann.Url + "/channels", Cancellation).IsAsync(403);
        await gateway.Anonymous.GetAsync(ann.Url + "/channels", Cancellation).IsAsync(401);
        await ann.Api.GetAsync(ann.Url + "/channels/c-00000000", Cancellation).IsAsync(404);
        await ann.Api.PostAsync(ann.Url + "/channels/c-00000000/test").IsAsync(404);
    }

    static bool IsWebhookNews(ReceivedMessage message) =>
        message.Kind is ReceiverKind.Webhook && message.Body.Contains("alerts.news", StringComparison.Ordinal);

    static bool Names(ReceivedMessage message, int number) => Regex.IsMatch(Unescaped(message.Body), $@"number {number}(?!\d)");

    /// <summary>Waits until a channel did not take a message so many times, and waits for the next attempt.</summary>
    Task<JsonElement> DeadAsync(Person person, string channel, int attempts) => gateway.UntilAsync(
        () => person.Api.GetJsonAsync($"{person.Url}/channels/{channel}/deliveries"),
        page => page.GetProperty("items")[0] is var first && first.Text("state") == "waiting" && first.GetProperty("attempts").GetInt32() >= attempts
            && first.TryGetProperty("nextAttemptAt", out _));

    async Task<ReceivedMessage> ReceivedAsync(Func<ReceivedMessage, bool> matches)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        return await gateway.Receivers.WaitForAsync(matches, limit.Token);
    }

    void Sell(string phrase, params IEnumerable<(string Number, decimal Price)> offers) => gateway.Marketplace.Script(
        phrase, [.. offers.Select(offer => new ListingSpec($"2000000{int.Parse(offer.Number, null):00000}", $"{phrase} number {offer.Number}", offer.Price))]);

    async Task CheckAsync(Person person, TimeSpan? later = null)
    {
        gateway.Clock.Advance(later ?? TimeSpan.FromMinutes(10));
        await gateway.TickAsync(person.Id);
    }

    /// <summary>After the first check has ended, so that the channel gets none of its news.</summary>
    async Task<JsonElement> AddAsync(Person person, ReceiverKind kind, string name)
    {
        await gateway.MailToAsync(person.Email);
        var more = kind switch
        {
            ReceiverKind.Webhook => $$""", "secret": "{{ReceiversServer.Secret}}" """,
            ReceiverKind.WebPush => $$""", "keys": { "p256dh": "{{PushBrowser.P256dh}}", "auth": "{{PushBrowser.Auth}}" } """,
            _ => "",
        };
        return await person.Api.PostJsonAsync(person.Url + "/channels", $$"""
            { "kind": "{{JsonNamingPolicy.CamelCase.ConvertName(kind.ToString())}}", "url": "{{gateway.Receivers.UrlOf(kind, name)}}"{{more}} }
            """).IsAsync(201);
    }

    async Task<string> AddAndAgreeAsync(Person person, ReceiverKind kind, string name)
    {
        var channel = await AddAsync(person, kind, name);
        await AgreeAsync(await ReceivedAsync(message => message.Kind == kind));
        return channel.Text("id");
    }

    async Task AgreeAsync(ReceivedMessage question)
    {
        var link = Link().Match(question.Body).Value.Replace("\\u002B", "+", StringComparison.Ordinal);
        Assert.Equal(303, (int)(await gateway.Anonymous.PostAsync(link, null, Cancellation)).StatusCode);
    }

    static string Unescaped(string body) => JsonDocument.Parse(body).RootElement.ToString().Replace("\\\\", "", StringComparison.Ordinal) + " ";

    static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/channels/[A-Za-z0-9._-]+")]
    private static partial Regex Link();

    [GeneratedRegex(@"number \d+ ")]
    private static partial Regex Number();
}
