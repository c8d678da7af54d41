using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Alerts.Demo.Faults;

namespace Alerts.Demo.Marketplace;

/// <summary>POST /identity/v1/oauth2/token: the client credentials grant.</summary>
sealed class TokenEndpoint(MarketplaceOptions options, AccessTokens tokens, FaultGate faults)
{
    const string Basic = "Basic ";
    const string Scope = "https://api.ebay.com/oauth/api_scope";

    readonly byte[] credentials = Encoding.UTF8.GetBytes($"{options.ClientId}:{options.ClientSecret}");

    public AwaitableCounter Calls { get; } = new();

    public async Task HandleAsync(HttpContext context)
    {
        Calls.Increment();
        if (await faults.PassAsync(MarketplaceEndpoint.Token, null, context.RequestAborted) is { } fault)
        {
            await (fault.Kind is MarketplaceFaultKind.Unauthorized
                ? RefuseAsync(context, StatusCodes.Status401Unauthorized, "invalid_client", "client authentication failed")
                : FaultGate.ActAsync(context, fault, Granted("demo")));
            return;
        }
        await AnswerAsync(context);
    }

    async Task AnswerAsync(HttpContext context)
    {
        if (!IsClient(context.Request))
        {
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, "invalid_client", "client authentication failed");
            return;
        }
        if (!context.Request.HasFormContentType)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "invalid_request", "the request is missing a required parameter or malformed");
            return;
        }
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form["grant_type"] != "client_credentials")
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "unsupported_grant_type", "grant type in request is not supported by the authorization server");
        else if (!form["scope"].ToString().Split(' ').Contains(Scope))
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "invalid_scope", "the requested scope is invalid, unknown, malformed, or exceeds the scope granted to the client");
        else if (tokens.Issue() is { } token)
            await Answers.JsonAsync(context, Granted(token));
        else
            await Answers.ErrorAsync(context, StatusCodes.Status429TooManyRequests, BrowseError.TooManyRequests);
    }

    bool IsClient(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
            return false;
        var encoded = header[Basic.Length..].Trim();
        var decoded = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, decoded, out var length)
            && CryptographicOperations.FixedTimeEquals(decoded.AsSpan(0, length), credentials);
    }

    byte[] Granted(string token) => BrowseJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("access_token", token);
        json.WriteNumber("expires_in", (long)tokens.Lifetime.TotalSeconds);
        json.WriteString("token_type", "Application Access Token");
        json.WriteEndObject();
    });

    static ValueTask RefuseAsync(HttpContext context, int status, string error, string description) => Answers.JsonAsync(
        context, JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["error"] = error, ["error_description"] = description }), status);
}
