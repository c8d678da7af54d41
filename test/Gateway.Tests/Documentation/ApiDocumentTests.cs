using System.Globalization;
using System.Text;
using Alerts.Testing;
using Microsoft.OpenApi;

namespace Alerts.Gateway.Tests.Documentation;

public class ApiDocumentTests(OpenGateway open)
{
    readonly TestGateway gateway = open.Gateway;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_document_is_valid_OpenAPI_3_1()
    {
        var text = await gateway.Anonymous.GetStringAsync("/openapi/v1.json", Cancellation);

        var result = OpenApiDocument.Parse(text, "json");

        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, result.Diagnostic!.SpecificationVersion);
        Assert.Empty(result.Diagnostic.Errors);
        Assert.Empty(result.Diagnostic.Warnings);
        Assert.Empty(result.Document!.Validate(ValidationRuleSet.GetDefaultRuleSet()));
    }

    [Fact]
    public async Task A_generated_client_finds_the_address_the_groups_and_what_they_are()
    {
        var root = (await ApiDocument.ReadAsync(gateway.Anonymous)).Root;

        Assert.Equal([gateway.Address.ToString().TrimEnd('/')], root.GetProperty("servers").EnumerateArray().Select(server => server.Text("url")));
        var described = root.GetProperty("tags").EnumerateArray().Select(tag => (tag.Text("name"), tag.Text("description"))).ToArray();
        Assert.All(described, tag => Assert.NotEmpty(tag.Item2));
        Assert.Equal(
            described.Select(tag => tag.Item1).Order(),
            new ApiDocument(root).Operations.SelectMany(operation => operation.Json.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!)).Distinct().Order());
    }

    [Fact]
    public async Task Every_operation_has_a_name_examples_that_fit_and_a_problem_for_every_error()
    {
        var document = await ApiDocument.ReadAsync(gateway.Anonymous);
        var flaws = new List<string>();
        Assert.Equal(document.Operations.Count(), document.Operations.Select(operation => operation.Id).Distinct().Count());
        foreach (var operation in document.Operations)
        {
            if (operation.MediaType is not null)
                flaws.AddRange(document.Misfits(operation.RequestExample, operation.RequestSchema).Select(misfit => $"{operation} request {misfit}"));
            foreach (var status in operation.Statuses)
            {
                if (operation.Answer(status) is not { } answer)
                    continue;
                if (!answer.TryGetProperty("example", out var example))
                    flaws.Add($"{operation} {status} has no example");
                else
                    flaws.AddRange(document.Misfits(example, answer.GetProperty("schema")).Select(misfit => $"{operation} {status} {misfit}"));
            }
        }

        Assert.Empty(flaws);
    }

    [Fact]
    public async Task Every_operation_is_described_and_what_is_answered_has_its_id()
    {
        var document = await ApiDocument.ReadAsync(gateway.Anonymous);

        Assert.All(document.Operations, operation => Assert.True(
            operation.Json.TryGetProperty("description", out var text) && text.GetString() != operation.Json.Text("summary"), operation.ToString()));
        Assert.All(document.Operations.Where(operation => operation.Success == 201), operation => Assert.Contains("Location", operation.SuccessHeaders));
        var schemas = document.Root.GetProperty("components").GetProperty("schemas").EnumerateObject().ToDictionary(schema => schema.Name, schema => schema.Value);
        foreach (var (name, schema) in schemas.Where(schema => schema.Value.TryGetProperty("properties", out var fields) && fields.TryGetProperty("id", out _)))
        {
            // What is sent may leave it out.
            if (name is not ("SearchSettings" or "SearchSettingsPatch"))
                Assert.True(schema.TryGetProperty("required", out var required) && required.EnumerateArray().Any(field => field.GetString() == "id"), name);
        }

        Assert.Equal("#/components/schemas/Search", schemas["UserDocument"].GetProperty("properties").GetProperty("searches").GetProperty("items").Text("$ref"));
    }

    [Fact]
    public async Task Swagger_UI_shows_the_document()
    {
        var page = await gateway.Anonymous.GetStringAsync("/docs/swagger/index.html", Cancellation);
        var script = await gateway.Anonymous.GetStringAsync("/docs/swagger/index.js", Cancellation);

        Assert.Contains("swagger-ui", page, StringComparison.Ordinal);
        Assert.Contains("/openapi/v1.json", page + script, StringComparison.Ordinal);
    }

    /// <summary>ALERTS_UPDATE_DOCS=1 writes the table anew.</summary>
    [Fact]
    public async Task The_table_in_docs_is_that_of_the_running_service()
    {
        await using var service = await TestGateway.StartAsync(isLimited: true);
        var table = Table(await ApiDocument.ReadAsync(service.Anonymous));
        var file = Path.Combine(RepositoryRoot.FullPath, "docs", "API.md");
        var text = await File.ReadAllTextAsync(file, Cancellation);
        const string begin = "<!-- operations: begin -->\n";
        const string end = "<!-- operations: end -->";
        var (from, to) = (text.IndexOf(begin, StringComparison.Ordinal) + begin.Length, text.IndexOf(end, StringComparison.Ordinal));

        if (Environment.GetEnvironmentVariable("ALERTS_UPDATE_DOCS") == "1")
            await File.WriteAllTextAsync(file, text[..from] + table + text[to..], Cancellation);
        else
            Assert.Equal(table, text[from..to]);
    }

    static string Table(ApiDocument document)
    {
        var table = new StringBuilder("| operation | what it does | who may | answers | errors | limits |\n|---|---|---|---|---|---|\n");
        foreach (var operation in document.Operations)
        {
            var schemes = operation.Json.GetProperty("security").EnumerateArray().Select(one => one.EnumerateObject().Select(scheme => scheme.Name).FirstOrDefault()).ToArray();
            var who = schemes switch
            {
                [null, ..] => "anybody",
                ["ApiKey"] => "API key",
                _ => operation.Path.Contains("{id}", StringComparison.Ordinal) ? "API key, own token" : "API key, any token",
            };
            table.Append(CultureInfo.InvariantCulture, $"| `{operation.Method} {operation.Path}` | {operation.Json.Text("summary")} | {who} | {operation.Success} | {string.Join(' ', operation.Statuses.Where(status => status >= 400).Order())} | {operation.Json.Text("x-limits")} |\n");
        }

        return table.ToString();
    }
}
