using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using static Alerts.EndToEnd.Support.ThingsOnSale;

namespace Alerts.EndToEnd.Operations;

/// <summary>What a collector is told of one enrolment. By itself, since an exporter is told of all that happens in its process.</summary>
[Collection(nameof(TracesTests)), CollectionDefinition(nameof(TracesTests), DisableParallelization = true)]
public sealed class TracesTests
{
    [Fact]
    public async Task One_enrolment_is_one_trace_from_the_gateway_through_the_grains_to_eBay_and_the_mail()
    {
        var trace = ActivityTraceId.CreateRandom();
        using var heard = new TraceListener(trace);
        await using var alerts = await AlertsDriver.StartAsync();
        alerts.Marketplace.Script("iphone 13", Phones(310));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/users?email=ann%40example.org")
        {
            Content = JsonContent.Create(new { email = "ann@example.org", frequencyMinutes = 2, searches = new[] { new { phrase = "iphone 13" } } }),
            Headers = { { "traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01" } },
        };

        using var response = await alerts.Api.SendAsync(request, alerts.Cancellation);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        await alerts.MailsAsync(1);
        var mail = await heard.EndedAsync("send mail", alerts.Cancellation);

        Assert.Equal("accepted", mail.GetTagItem(Telemetry.ResultTag));
        string[] cause = [.. heard.Above(mail).Select(NameOf)];
        Assert.Equal(["send mail", "user work", "IUserGrain"], cause[..3]);
        Assert.Equal("Microsoft.AspNetCore", cause[^1]);
        var search = Assert.Single(heard.Ended, activity => activity.Source.Name == "System.Net.Http" && activity.GetTagItem("url.full") is string url && url.Contains("/item_summary/search", StringComparison.Ordinal));
        Assert.Contains("ISearchGrain", heard.Above(search).Select(NameOf));
        Assert.Contains("user work", heard.Above(search).Select(NameOf));
        Assert.DoesNotContain(heard.Ended.SelectMany(activity => activity.TagObjects), tag => tag.Value?.ToString()?.Contains("ann", StringComparison.OrdinalIgnoreCase) is true);
    }

    [Fact]
    public async Task A_collector_is_sent_traces_and_metrics_without_an_address()
    {
        await using var collector = await Collector.StartAsync(TestContext.Current.CancellationToken);
        await using (var alerts = await AlertsDriver.StartAsync(settings: new Dictionary<string, string?> { ["Alerts:Otlp"] = collector.Address }))
        {
            alerts.Marketplace.Script("iphone 13", Phones(310));
            await alerts.EnrolAsync("ann@example.org", "iphone 13");
            await alerts.MailsAsync(1);
        } // what stops sends the rest

        var (traces, metrics) = (collector.Told("trace"), collector.Told("metrics"));
        foreach (var name in (string[])["alerts-gateway", "send mail", "user work", "/v1/users", "item_summary/search"])
            Assert.Contains(name, traces, StringComparison.Ordinal);
        foreach (var name in (string[])["alerts.run.lag", "alerts.runs", "alerts.searches", "alerts.ebay.calls_left", "alerts.mail.attempts", "alerts.shared_data.failures", "alerts.state.writes"])
            Assert.Contains(name, metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("example.org", traces + metrics, StringComparison.Ordinal);
    }

    /// <summary>The name of our activities, the interface of a grain call, the source of any other.</summary>
    static string NameOf(Activity activity) => activity.Source.Name switch
    {
        Telemetry.SourceName => activity.OperationName,
        "Microsoft.Orleans.Application" => activity.OperationName.Split('/')[0].Split('.')[^1],
        var source => source,
    };

    /// <summary>Hears the activities of one trace in this process, as they end.</summary>
    sealed class TraceListener : IDisposable
    {
        readonly ConcurrentDictionary<string, TaskCompletionSource<Activity>> awaited = new();
        readonly ConcurrentDictionary<ActivitySpanId, Activity> all = new();
        readonly ActivityListener listener;

        public TraceListener(ActivityTraceId trace)
        {
            listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name is Telemetry.SourceName or "Microsoft.AspNetCore" or "System.Net.Http" or "Microsoft.Orleans.Application",
                Sample = (ref ActivityCreationOptions<ActivityContext> options) => options.Parent.TraceId == trace ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
                // What another listener samples is heard here too.
                ActivityStarted = activity => Keep(activity, trace),
                ActivityStopped = activity =>
                {
                    if (activity.TraceId != trace)
                        return;
                    Ended.Enqueue(activity);
                    Awaited(activity.OperationName).TrySetResult(activity);
                },
            };
            ActivitySource.AddActivityListener(listener);
        }

        public ConcurrentQueue<Activity> Ended { get; } = new();

        public Task<Activity> EndedAsync(string name, CancellationToken cancellationToken) => Awaited(name).Task.WaitAsync(cancellationToken);

        /// <summary>An activity, what caused it, and so on up to the first that is known.</summary>
        public IEnumerable<Activity> Above(Activity? activity)
        {
            for (; activity is not null; activity = all.GetValueOrDefault(activity.ParentSpanId))
                yield return activity;
        }

        public void Dispose() => listener.Dispose();

        void Keep(Activity activity, ActivityTraceId trace)
        {
            if (activity.TraceId == trace)
                all[activity.SpanId] = activity;
        }

        TaskCompletionSource<Activity> Awaited(string name) => awaited.GetOrAdd(name, _ => new TaskCompletionSource<Activity>(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
