using System.Net.Http.Json;
using System.Text.Json;
using Alerts.Users;

namespace Alerts.Gateway.Tests.Documentation;

/// <summary>Every operation meets each error that its document promises: one test for each status.</summary>
public sealed class DocumentedErrorsTests(GatewayInTrouble trouble) : IClassFixture<GatewayInTrouble>
{
    static readonly int[] statuses = [400, 401, 403, 404, 409, 412, 413, 415, 422, 429, 503];

    readonly TestGateway sound = trouble.Sound;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void No_operation_documents_an_error_that_is_not_tested_here() =>
        Assert.Empty(trouble.Client.Operations.SelectMany(operation => operation.Statuses).Where(status => status >= 400).Except(statuses));

    [Fact]
    public Task A_request_that_cannot_be_read_is_400() => MeetAsync(400, call => call.Operation switch
    {
        { MediaType: not null } => SendAsync(call with { Body = "{" }),
        { Id: "listPrices" } => SendAsync(call with { Path = call.Path + "?points=0" }),
        { Id: "listenToEvents" } => SendAsync(call, ("Last-Event-ID", "nowhere")),
        var operation when operation.Takes("query") => SendAsync(call with { Path = call.Path + "?limit=0" }),
        _ => SendAsync(call, ("If-Match", "no tag")),
    });

    [Fact]
    public Task A_caller_without_key_or_token_is_401() => MeetAsync(401, call => sound.Anonymous.SendAsync(call.Method, call.Path));

    [Fact]
    public async Task A_token_of_somebody_else_is_403()
    {
        var somebody = await sound.EnrolAsync();
        await MeetAsync(403, call => somebody.Api.SendAsync(call.Method, call.Path));
    }

    [Fact]
    public Task What_is_not_there_is_404() => MeetAsync(404, call =>
        SendAsync(call with
        {
            Path = call.Operation.Id switch
            {
                "listUsers" => call.Path + "?email=nobody@example.org",
                // Whoever is not there is taken over, under an id that is one.
                "importUser" => call.Path.Replace(call.Person.Id, "nobody", StringComparison.Ordinal),
                _ => Strange(call),
            },
        }));

    [Fact]
    public async Task An_address_that_another_has_or_that_is_not_confirmed_is_409()
    {
        var known = await sound.EnrolAsync();
        var unconfirmed = await trouble.Confirming.Admin
            .PostAsJsonAsync("/v1/users", TestGateway.Settings(TestGateway.NewEmail()), Cancellation).IsAsync(201);
        await MeetAsync(409, call => TakesEmail(call.Operation)
            ? SendAsync(call with { Path = call.Operation.Id == "importUser" ? Strange(call) : call.Path, Body = GeneratedClient.WithEmail(call.Body!, known.Email) })
            : SendAsync(call with { Gateway = trouble.Confirming, Path = call.Path.Replace(call.Person.Id, unconfirmed.Text("id"), StringComparison.Ordinal) }));
    }

    [Fact]
    public Task Another_version_than_the_one_named_is_412() => MeetAsync(412, call => SendAsync(call, ("If-Match", "\"999\"")));

    [Fact]
    public Task A_body_over_the_limit_is_413() => MeetAsync(413, call => SendAsync(call with { Body = call.Body + new string(' ', 64 * 1024) }));

    [Fact]
    public Task A_body_that_is_not_JSON_is_415() => MeetAsync(415, call => SendAsync(call, ("Content-Type", "text/plain")));

    [Fact]
    public Task A_key_that_was_used_for_another_body_is_422() => MeetAsync(422, async call =>
    {
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        await sound.Anonymous.SendAsync(HttpMethod.Post, call.Path, Somebody(), key).IsAsync(201);
        return await sound.Anonymous.SendAsync(call.Method, call.Path, Somebody(), key);
    });

    [Fact]
    public Task One_request_too_many_is_429() => MeetAsync(429, call => SendAsync(call with { Gateway = trouble.Limited }));

    [Fact]
    public Task A_store_or_a_silo_that_is_away_is_503() => MeetAsync(503, call => call.Operation.Id switch
    {
        "previewSearch" or "listMailFailures" or "getCluster" or "listSearchCosts" or "getDiagnosis" => SendAsync(call with { Gateway = trouble.WithoutSilo }),
        "createUser" => SendAsync(call with { Gateway = trouble.WithoutStore, Body = GeneratedClient.WithEmail(call.Body!, TestGateway.NewEmail()) }),
        _ => SendAsync(call with { Gateway = trouble.WithoutStore, Path = Strange(call) }),
    });

    async Task MeetAsync(int status, Func<Call, Task<HttpResponseMessage>> provokeAsync)
    {
        var operations = trouble.Client.Operations.Where(operation => operation.Statuses.Contains(status)).ToList();
        Assert.NotEmpty(operations);
        foreach (var operation in operations)
        {
            var person = await sound.EnrolAsync("client thing");
            var call = new Call(sound, operation, person, await trouble.Client.PathAsync(operation, person), await GeneratedClient.BodyAsync(operation, person));
            using var response = await provokeAsync(call);
            await trouble.Client.AssertDocumentedAsync(operation, status, response);
        }
    }

    static Task<HttpResponseMessage> SendAsync(Call call, params (string Name, string Value)[] headers) =>
        GeneratedClient.SendAsync(call.Gateway, call.Operation, call.Path, call.Body, headers);

    string Strange(Call call) => call.Path.Replace(call.Person.Id, UserId.New(), StringComparison.Ordinal)
        .Replace(trouble.Client.ItemId, "v1%7C1%7C0", StringComparison.Ordinal);

    static bool TakesEmail(ApiOperation operation) =>
        operation.Path.EndsWith("users", StringComparison.Ordinal) || operation.Method is "PUT" or "PATCH";

    static string Somebody() => JsonSerializer.Serialize(TestGateway.Settings(TestGateway.NewEmail()));

    /// <summary>One call of an operation, right as it is.</summary>
    sealed record Call(TestGateway Gateway, ApiOperation Operation, Person Person, string Path, string? Body)
    {
        public HttpMethod Method => new(Operation.Method);
    }
}
