using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Alerts.Demo;
using Alerts.Gateway.Tests.Documentation;
using Alerts.Tokens;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.Gateway.Tests.Requests;

/// <summary>
/// Hostile requests to every operation and page: none is answered by 5xx, by silence or by a connection that breaks. ALERTS_FUZZ says how
/// many, ALERTS_SEED which come first.
/// </summary>
public sealed class FuzzTests
{
    const int AtOnce = 4;

    /// <summary>What no endpoint is: middleware answers it, or nothing does.</summary>
    static readonly string[] others = ["/{x}", "/dashboard/{x}", "/docs/swagger/{x}", "/assets/{x}", "/swagger"];

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static int Setting(string name, int otherwise) => int.Parse(Environment.GetEnvironmentVariable(name) ?? otherwise.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    [Fact]
    public async Task No_request_is_answered_by_an_error_of_ours_by_silence_or_by_a_reset()
    {
        await using var gateway = await TestGateway.StartAsync();
        var client = await GeneratedClient.OfAsync(gateway);
        var (ann, bob) = (await gateway.EnrolAsync("used lens", "camera"), await gateway.EnrolAsync());
        var searches = (await ann.Api.GetJsonAsync(ann.Url)).GetProperty("searches").EnumerateArray().Select(search => search.Text("id"));
        string[] known = [ann.Id, bob.Id, ann.Token, client.ItemId, .. searches, await gateway.LinkAsync(LinkPurpose.Unsubscribe, bob), await gateway.LinkAsync(LinkPurpose.Undo, bob)];
        (string, string)[] targets =
            [.. client.Operations.Select(operation => (operation.Method, operation.Path)), .. PagesOf(gateway).SelectMany(page => new[] { ("GET", page), ("POST", page) })];
        Assert.Contains(("POST", "/move/{Token}"), targets);
        string[] bodies = [JsonSerializer.Serialize(TestGateway.Settings("ann@example.org")), .. client.Operations.Where(operation => operation.MediaType is not null).Select(operation => operation.RequestExample.GetRawText())];
        string[] credentials = ["X-Api-Key: " + DemoOptions.ApiKey, "Authorization: Bearer " + ann.Token, "Authorization: Bearer " + bob.Token];

        var first = Setting("ALERTS_SEED", 1);
        var wrong = new List<string>();
        await Parallel.ForEachAsync(
            Enumerable.Range(first, Setting("ALERTS_FUZZ", 1_000)),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Cancellation },
            async (seed, _) =>
            {
                var request = new HostileRequest(seed, targets, known, bodies, credentials);
                var status = await StatusOfAsync(gateway.Address, request.Bytes);
                if (status is "" or ['5', ..])
                {
                    lock (wrong)
                        wrong.Add($"{status} to {request.Name}");
                }
            });

        Assert.Empty(wrong);
        Assert.Equal("Healthy", await gateway.Anonymous.GetStringAsync("/health/ready", Cancellation));
    }

    static IEnumerable<string> PagesOf(TestGateway gateway)
    {
        var routes = gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'));
        return routes.Where(route => !route.StartsWith("/v1/", StringComparison.Ordinal)).Concat(others).Distinct().Order(StringComparer.Ordinal);
    }

    /// <summary>The status; empty when the connection ends without one, or nothing comes within the time.</summary>
    static async Task<string> StatusOfAsync(Uri address, byte[] request)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        using var connection = new TcpClient();
        try
        {
            await connection.ConnectAsync(address.Host, address.Port, patience.Token);
            var stream = connection.GetStream();
            try
            {
                await stream.WriteAsync(request, patience.Token);
            }
            catch (IOException)
            {
                // The server may answer before it has read everything; its answer counts.
            }

            var answer = new byte[64];
            var length = await stream.ReadAtLeastAsync(answer, 12, throwOnEndOfStream: false, patience.Token);
            return Encoding.ASCII.GetString(answer, 0, length) is { Length: >= 12 } text && text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? text[9..12] : "";
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException && !Cancellation.IsCancellationRequested)
        {
            return "";
        }
    }
}
