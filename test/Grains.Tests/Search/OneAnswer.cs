using System.Net;
using System.Text;

namespace Alerts.Tests.Search;

/// <summary>The network's edge: answers each request in turn, and keeps what was asked.</summary>
sealed class OneAnswer(params (HttpStatusCode Status, string Body)[] answers) : HttpMessageHandler, IHttpClientFactory
{
    int next;

    public List<HttpRequestMessage> Requests { get; } = [];

    public string ContentType { get; init; } = "application/json";

    public HttpClient CreateClient(string name) => new(this, disposeHandler: false) { BaseAddress = new Uri("https://api.ebay.example/") };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        var (status, body) = answers[Math.Min(next++, answers.Length - 1)];
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        return Task.FromResult(new HttpResponseMessage(status) { Content = content });
    }
}
