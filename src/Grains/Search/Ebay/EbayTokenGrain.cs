using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Alerts.Search.Ebay.Answers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Alerts.Search.Ebay;

/// <summary>
/// Requests and keeps the cluster's token, in memory: a restart uses one of the day's thousand. The circuit opens when eBay gives no token,
/// or refuses one shortly after it gave it. Each further attempt then waits longer.
/// </summary>
public sealed partial class EbayTokenGrain(IHttpClientFactory clients, IOptions<EbayOptions> options, TimeProvider clock,
    ILogger<EbayTokenGrain> logger)
    : Grain, IEbayTokenGrain
{
    static readonly Uri address = new("identity/v1/oauth2/token", UriKind.Relative);
    static readonly TimeSpan renewBeforeExpiry = TimeSpan.FromMinutes(5);
    static readonly BackOff backOff = new(TimeSpan.FromSeconds(15), Max: TimeSpan.FromHours(1));

    /// <summary>If a token worked for at least this long, its refusal says nothing about the next one.</summary>
    static readonly TimeSpan soon = backOff.Max;

    EbayToken? token;
    DateTimeOffset mintedAt = DateTimeOffset.MinValue;

    /// <summary>Faults in a row: no token, or a token refused too early.</summary>
    int faults;

    DateTimeOffset openUntil = DateTimeOffset.MinValue;

    public async Task<EbayToken> GetAsync(string? refused)
    {
        var now = clock.GetUtcNow();
        if (token is { } current && current.Value == refused && now < current.RenewAt)
            Refused(now);
        else if (token is { } good && now < good.RenewAt)
            return good;
        else if (token is not null)
            faults = 0; // It was good to its end.
        if (now < openUntil)
            throw new EbayTokenException("eBay refuses the application's tokens: none is asked for until a pause is over.", openUntil);
        token = await MintAsync();
        mintedAt = clock.GetUtcNow();
        return token;
    }

    /// <summary>
    /// The first refused token is replaced at once, since eBay may have revoked it; after further refusals the circuit opens.
    /// </summary>
    void Refused(DateTimeOffset now)
    {
        token = null;
        faults = now - mintedAt < soon ? faults + 1 : 1;
        if (faults > 1)
            OpenCircuit(faults - 1);
    }

    void OpenCircuit(int count)
    {
        openUntil = clock.GetUtcNow() + backOff.After(count);
        LogCircuitOpen(openUntil);
    }

    async Task<EbayToken> MintAsync()
    {
        try
        {
            using var http = clients.CreateClient(EbayOptions.TokenClient);
            using var request = new HttpRequestMessage(HttpMethod.Post, address)
            {
                Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"),
                    new("scope", "https://api.ebay.com/oauth/api_scope")]),
            };
            var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Value.ClientId}:{options.Value.ClientSecret}"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", credentials);
            using var response = await http.SendAsync(request);
            if (response.IsSuccessStatusCode
                && await response.Content.ReadFromJsonAsync(EbayJson.Default.EbayTokenResponse) is { AccessToken.Length: > 0,
                    ExpiresInSeconds: > 0 } minted)
            {
                LogMinted();
                var lifetime = TimeSpan.FromSeconds(minted.ExpiresInSeconds);
                return new EbayToken(minted.AccessToken, clock.GetUtcNow()
                    + (lifetime > 2 * renewBeforeExpiry ? lifetime - renewBeforeExpiry : lifetime / 2));
            }

            throw NoToken(
                $"eBay gave no token ({(int)response.StatusCode}): check Alerts:Ebay:ClientId and ClientSecret, and that account-deletion "
                + $"notices are set up.");
        }
        catch (Exception fault) when (fault is not EbayTokenException)
        {
            LogUnreachable(fault);
            throw NoToken("eBay's token endpoint could not be reached.");
        }
    }

    EbayTokenException NoToken(string reason)
    {
        OpenCircuit(++faults);
        return new EbayTokenException(reason, openUntil);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "New eBay application token received")]
    partial void LogMinted();

    [LoggerMessage(Level = LogLevel.Warning, Message = "eBay's token endpoint could not be reached")]
    partial void LogUnreachable(Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "eBay refuses its own new tokens: none is requested until {Until}")]
    partial void LogCircuitOpen(DateTimeOffset until);
}
