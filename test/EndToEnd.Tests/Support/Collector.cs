using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Alerts.EndToEnd.Support;

/// <summary>An OpenTelemetry collector as far as an exporter sees it: it takes OTLP over gRPC and keeps what it got.</summary>
sealed class Collector : IAsyncDisposable
{
    readonly ConcurrentQueue<(string Service, string Body)> exports = new();
    readonly WebApplication app;

    Collector(WebApplication app) => this.app = app;

    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<Collector> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http2)).UseUrls("http://127.0.0.1:0");
        var collector = new Collector(builder.Build());
        collector.app.Run(collector.TakeAsync);
        await collector.app.StartAsync(cancellationToken);
        return collector;
    }

    /// <summary>All that was exported to a service, such as <c>trace</c>: protobuf, in which texts are as they are.</summary>
    public string Told(string service) => string.Concat(exports.Where(export => export.Service.Contains($".{service}.", StringComparison.Ordinal)).Select(export => export.Body));

    public ValueTask DisposeAsync() => app.DisposeAsync();

    async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        exports.Enqueue((context.Request.Path.Value!, Encoding.Latin1.GetString(body.ToArray())));
        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(new byte[5]); // an empty message
        context.Response.AppendTrailer("grpc-status", "0");
    }
}
