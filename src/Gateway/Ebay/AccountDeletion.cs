using System.Security.Cryptography;
using System.Text;
using Alerts.Configuration;
using Alerts.Gateway.Errors;
using Alerts.Gateway.Limits;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Ebay;

/// <summary>
/// <c>/ebay/account-deletion</c>: proves to eBay that the endpoint is ours, and acknowledges deleted eBay accounts. Nothing about eBay's
/// users is stored (no seller's name, see docs/SHARED-DATA.md). So there is nothing to delete and no notice to keep.
/// </summary>
static class AccountDeletion
{
    const string Path = "/ebay/account-deletion";

    /// <summary>The longest challenge that is answered, in characters.</summary>
    const int MaxChallengeLength = 1_024;

    public static IServiceCollection AddAccountDeletion(this IServiceCollection services)
    {
        services.AddSettings<AccountDeletionOptions>(AccountDeletionOptions.Section);
        return services;
    }

    public static void MapAccountDeletion(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<AccountDeletionOptions>>().Value.VerificationToken is null)
            return;
        app.MapGet(Path, Answer).ExcludeFromDescription();
        // eBay sends a notice for each account, many at once from few addresses, and disables an endpoint that refuses them.
        app.MapPost(Path, () => TypedResults.Ok()).WithMetadata(LimitedTo.Nothing).ExcludeFromDescription();
    }

    /// <summary>The hash of challenge, verification token and endpoint, as eBay computes it.</summary>
    public static string Response(string challenge, string verificationToken, string endpoint) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(challenge + verificationToken + endpoint)));

    static Results<Ok<ChallengeResponse>, ProblemHttpResult> Answer(HttpRequest request, IOptions<AccountDeletionOptions> options,
        IOptions<AlertsOptions> alerts)
    {
        if (request.Query["challenge_code"] is not [{ Length: > 0 and <= MaxChallengeLength } challenge])
            return Problems.Of(StatusCodes.Status400BadRequest, "The parameter challenge_code is missing.");
        var endpoint = options.Value.Endpoint ?? alerts.Value.PublicUrl.TrimEnd('/') + Path;
        return TypedResults.Ok(new ChallengeResponse(Response(challenge, options.Value.VerificationToken!, endpoint)));
    }

    /// <summary>The answer that eBay reads.</summary>
    /// <param name="Value">64 hex digits.</param>
    internal sealed record ChallengeResponse([property: System.Text.Json.Serialization.JsonPropertyName("challengeResponse")] string Value);
}
