// Follows what happens to users: dotnet run docs/examples/listen.cs http://127.0.0.1:5080 <API key>
using System.Net.ServerSentEvents;

using var alerts = new HttpClient { BaseAddress = new Uri(args[0]), Timeout = Timeout.InfiniteTimeSpan };
alerts.DefaultRequestHeaders.Add("X-Api-Key", args[1]);
while (true)
{
    try
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events");
        if (File.Exists("place.txt"))
            request.Headers.Add("Last-Event-ID", File.ReadAllText("place.txt"));
        using var response = await alerts.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await foreach (var one in SseParser.Create(await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync()).EnumerateAsync())
        {
            Console.WriteLine($"{one.EventType} {one.Data}"); // Your work: an event may come twice.
            if (one.EventId is { } place)
                File.WriteAllText("place.txt", place); // Only when the work is done.
        }
    }
    catch (Exception fault) when (fault is HttpRequestException or IOException)
    {
        Console.Error.WriteLine(fault.Message);
    }

    await Task.Delay(TimeSpan.FromSeconds(5));
}
