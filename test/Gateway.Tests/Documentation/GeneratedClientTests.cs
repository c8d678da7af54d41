namespace Alerts.Gateway.Tests.Documentation;

public sealed class GeneratedClientTests : IAsyncLifetime
{
    TestGateway gateway = null!;
    GeneratedClient client = null!;

    public async ValueTask InitializeAsync()
    {
        gateway = await TestGateway.StartAsync();
        client = await GeneratedClient.OfAsync(gateway);
    }

    public ValueTask DisposeAsync() => gateway.DisposeAsync();

    [Fact]
    public async Task Every_operation_does_its_example_and_answers_as_documented()
    {
        foreach (var operation in client.Operations)
        {
            var person = await gateway.EnrolAsync("client thing");
            if (operation.Id == "getNotification")
                await gateway.MailToAsync(person.Email);
            using var response = await GeneratedClient.SendAsync(
                gateway, operation, await client.PathAsync(operation, person), await GeneratedClient.BodyAsync(operation, person));
            await client.AssertDocumentedAsync(operation, operation.Success, response);
            string?[] headers = [response.Headers.ETag is null ? null : "ETag", response.Headers.Location is null ? null : "Location"];
            Assert.Equal($"{operation}: {string.Join(", ", headers.OfType<string>())}", $"{operation}: {string.Join(", ", operation.SuccessHeaders)}");
        }
    }
}
