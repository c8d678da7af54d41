using Alerts.Settings;
using Alerts.Settings.Validation;

namespace Alerts.Gateway.Tests.Requests;

public class HeadersTests(OpenGateway open)
{
    readonly TestGateway gateway = open.Gateway;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/health/live", 200)]
    [InlineData("/health/ready", 200)]
    [InlineData("/openapi/v1.json", 200)]
    [InlineData("/docs/swagger/index.html", 200)]
    [InlineData("/admin/sign-in", 200)]
    [InlineData("/confirm/x", 404)]
    [InlineData("/manage/x", 404)]
    [InlineData("/unsubscribe/x", 404)]
    [InlineData("/v1/users", 401)]
    [InlineData("/nowhere", 404)]
    public async Task HEAD_is_answered_wherever_GET_is_and_without_a_body(string path, int status)
    {
        using var get = await gateway.Anonymous.GetAsync(path, Cancellation);
        using var head = await gateway.Anonymous.SendAsync(HttpMethod.Head, path);

        Assert.Equal((status, status), ((int)get.StatusCode, (int)head.StatusCode));
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Theory]
    [InlineData("/docs/swagger/index.html")]
    [InlineData("/admin/sign-in")]
    [InlineData("/dashboard/")]
    [InlineData("/v1/users")]
    [InlineData("/nowhere")]
    public async Task No_page_of_another_site_frames_ours(string path)
    {
        using var answer = await gateway.Admin.GetAsync(path, Cancellation);

        Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task A_service_of_https_is_asked_by_https_alone()
    {
        await using var secure = await TestGateway.StartAsync(settings: new Dictionary<string, string?> { ["Alerts:PublicUrl"] = "https://alerts.example.org" });

        using var answer = await secure.Anonymous.GetAsync("/nowhere", Cancellation);

        Assert.Equal("max-age=31536000", answer.Headers.GetValues("Strict-Transport-Security").Single());
    }

    [Fact]
    public async Task Probes_have_a_limit_of_their_own()
    {
        await using var limited = await TestGateway.StartAsync(
            settings: new Dictionary<string, string?> { ["Alerts:RateLimits:ProbesPerMinute"] = "2", ["Alerts:RateLimits:AnonymousPerMinute"] = "1" });

        var statuses = new List<int>();
        foreach (var path in (string[])["/health/live", "/health/ready", "/health/live", "/nowhere"])
            statuses.Add((int)(await limited.Anonymous.GetAsync(path, Cancellation)).StatusCode);

        Assert.Equal([200, 200, 429, 404], statuses);
    }

    [Fact]
    public void The_files_of_a_service_by_itself_are_its_accounts_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has other rights.");
            return;
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(gateway.Folder));
        var files = Directory.GetFiles(gateway.Folder);
        Assert.Contains(files, file => file.EndsWith(".db-wal", StringComparison.Ordinal));
        foreach (var file in files)
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Theory]
    [InlineData("iphone\u00a013")]
    [InlineData("iphone\u300013")]
    [InlineData("iphone\t13")]
    [InlineData("iphone\u202f13")]
    [InlineData("iphone\u200713")]
    [InlineData("iphone\u168013")]
    [InlineData("\u3000iphone  13 ")]
    [InlineData("iphone \u00a0\u3000 13\u00a0")]
    public async Task A_blank_of_any_width_is_a_blank(string phrase)
    {
        var ann = await gateway.EnrolAsync(phrase);

        Assert.Equal("iphone 13", (await ann.Api.GetJsonAsync(ann.Url)).GetProperty("searches")[0].Text("phrase"));
        Assert.Contains("searches[0].phrase", UserSettingsValidator.Validate(new UserSettings
        {
            Email = "ann@example.org",
            FrequencyMinutes = 2,
            Searches = [new SearchSettings { Phrase = "\u00a0\u3000" }],
        }).Keys);
    }
}
