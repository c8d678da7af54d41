namespace Alerts.Gateway.Tests.Api;

public class ExportTests(OpenGateway open)
{
    readonly TestGateway gateway = open.Gateway;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_gets_everything_that_is_kept_of_them_and_nobody_else_does()
    {
        var ann = await gateway.EnrolAsync("used lens");
        var bob = await gateway.EnrolAsync();
        var mail = await gateway.MailToAsync(ann.Email);

        var export = await gateway.UntilAsync(() => ann.Api.GetJsonAsync(ann.Url + "/export"), export => export.GetProperty("mails").GetArrayLength() == 1);

        Assert.Equal((ann.Email, "used lens"), (export.GetProperty("user").Text("email"), export.GetProperty("searches")[0].Text("phrase")));
        Assert.Equal(4, export.GetProperty("searches")[0].GetProperty("listings").GetArrayLength());
        Assert.Equal(mail.Subject, export.GetProperty("mails")[0].Text("subject"));
        Assert.Equal(0, export.GetProperty("sessions").GetArrayLength());
        await bob.Api.GetAsync(ann.Url + "/export", Cancellation).IsAsync(403);
        await gateway.Anonymous.GetAsync(ann.Url + "/export", Cancellation).IsAsync(401);
    }
}
