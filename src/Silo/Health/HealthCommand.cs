namespace Alerts.Silo.Health;

/// <summary>
/// <c>health URL</c>: calls a program's health address and reports by the exit code. The container images have no other program for that.
/// </summary>
public static class HealthCommand
{
    static readonly TimeSpan timeout = TimeSpan.FromSeconds(5);

    /// <summary>0 for a success status, 1 for any other result, 2 for wrong arguments.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var address] || !Uri.TryCreate(address, UriKind.Absolute, out var url))
        {
            await Console.Error.WriteLineAsync("Usage: health http://127.0.0.1:8080/health/ready");
            return 2;
        }

        using var client = new HttpClient { Timeout = timeout };
        try
        {
            using var response = await client.GetAsync(url);
            var body = await response.Content.ReadAsStringAsync();
            await Console.Out.WriteLineAsync($"{(int)response.StatusCode} {(body.Length <= 200 ? body : "")}");
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 1;
        }
    }
}
