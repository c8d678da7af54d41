using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Alerts.Gateway.Tests.Operators;

/// <summary>A small OpenID Connect provider on loopback: who comes is signed in already, as the test says who.</summary>
sealed class IdentityProvider : IAsyncDisposable
{
    public const string ClientId = "alerts";
    public const string ClientSecret = "secret of the client";

    readonly RsaSecurityKey key = new(RSA.Create(2048)) { KeyId = "one" };
    readonly ConcurrentDictionary<string, (string Nonce, string Challenge, string RedirectUri)> codes = new();
    readonly WebApplication app;

    IdentityProvider(WebApplication app) => this.app = app;

    /// <summary>Who is signed in there.</summary>
    public string Name { get; set; } = "ann@staff.example";

    public string[] Groups { get; set; } = ["operators", "staff"];

    public string Address => app.Urls.Single();

    public static async Task<IdentityProvider> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var provider = new IdentityProvider(builder.Build());
        provider.Map();
        await provider.app.StartAsync();
        return provider;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    void Map()
    {
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = Address, authorization_endpoint = Address + "/authorize", token_endpoint = Address + "/token", jwks_uri = Address + "/keys",
        }));
        app.MapGet("/keys", () =>
        {
            var shown = JsonWebKeyConverter.ConvertFromRSASecurityKey(key);
            return Results.Json(new { keys = new[] { new { kty = shown.Kty, use = "sig", kid = key.KeyId, n = shown.N, e = shown.E, alg = "RS256" } } });
        });
        app.MapGet("/authorize", (HttpRequest request) =>
        {
            var query = request.Query;
            if (query["client_id"] != ClientId || query["response_type"] != "code" || query["code_challenge_method"] != "S256")
                return Results.BadRequest();
            var code = Guid.NewGuid().ToString("N");
            codes[code] = (query["nonce"]!, query["code_challenge"]!, query["redirect_uri"]!);
            return Results.Redirect($"{query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(query["state"]!)}");
        });
        app.MapPost("/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            if (!codes.TryRemove(form["code"]!, out var asked) || form["redirect_uri"] != asked.RedirectUri || form["client_secret"] != ClientSecret
                || Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"]!))) != asked.Challenge)
                return Results.BadRequest(new { error = "invalid_grant" });
            var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
            {
                Issuer = Address, Audience = ClientId, Expires = DateTime.UtcNow.AddMinutes(5), IssuedAt = DateTime.UtcNow, NotBefore = DateTime.UtcNow,
                Claims = new Dictionary<string, object> { ["sub"] = "1234", ["preferred_username"] = Name, ["groups"] = Groups, ["nonce"] = asked.Nonce },
                SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
            });
            return Results.Json(new { access_token = "access", token_type = "Bearer", expires_in = 300, id_token = token });
        });
    }
}
