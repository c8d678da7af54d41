using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Alerts.Users.Addresses;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Alerts.Tokens;

/// <summary>
/// Issues and reads the tokens in mails' links and in programs' bearer headers. They are JSON Web Tokens signed with HMAC-SHA-256 (RFC
/// 7519), about 200 URL-safe characters, with the purpose as audience. They contain no address. Safe for concurrent use.
/// </summary>
public sealed class LinkTokens
{
    /// <summary>Manage tokens are valid for a year.</summary>
    public static readonly TimeSpan ManageLifetime = TimeSpan.FromDays(365);

    /// <summary>Confirmation links are valid for seven days, as long as an unconfirmed user is kept.</summary>
    public static readonly TimeSpan ConfirmLifetime = TimeSpan.FromDays(7);

    /// <summary>The former address can take a move back for 72 hours.</summary>
    public static readonly TimeSpan TakeBackLifetime = TimeSpan.FromHours(72);

    /// <summary>The page that confirms an unsubscription can take it back for an hour.</summary>
    public static readonly TimeSpan UndoLifetime = TimeSpan.FromHours(1);

    /// <summary>The sign-in of an operator is valid for an hour.</summary>
    public static readonly TimeSpan OperatorLifetime = TimeSpan.FromHours(1);

    /// <summary>Sign-in links are valid for fifteen minutes.</summary>
    public static readonly TimeSpan SignInLifetime = TimeSpan.FromMinutes(15);

    /// <summary>Characters that a signing key must have: HMAC-SHA-256 needs 256 bits.</summary>
    public const int MinimumKeyLength = 32;

    /// <summary>Length limit of a token in characters; a longer one is refused without being read.</summary>
    public const int MaximumLength = 1024;

    const string Issuer = "alerts";
    const string GenerationClaim = "gen";
    const string SearchClaim = "search";
    const string AddressClaim = "address";
    const string MailClaim = "mail";

    readonly byte[] secret;
    readonly TimeProvider clock;
    readonly SigningCredentials credentials;
    readonly FrozenDictionary<LinkPurpose, TokenValidationParameters> validations;
    readonly JsonWebTokenHandler handler = new()
    {
        MapInboundClaims = false,
        SetDefaultTimesOnTokenCreation = false,
        MaximumTokenSizeInBytes = MaximumLength,
    };

    /// <param name="signingKey">At least <see cref="MinimumKeyLength"/> characters; the same on every silo and gateway.</param>
    /// <param name="clock">Decides which tokens have expired.</param>
    /// <param name="previous">The previous key, and until when its tokens are valid; null for none.</param>
    /// <exception cref="ArgumentException">The key is too short.</exception>
    public LinkTokens(string signingKey, TimeProvider clock, (string Key, DateTimeOffset Until)? previous = null)
    {
        if (signingKey.Length < MinimumKeyLength)
            throw new ArgumentException($"A signing key has at least {MinimumKeyLength} characters.", nameof(signingKey));
        this.clock = clock;
        secret = Encoding.UTF8.GetBytes(signingKey);
        var key = new SymmetricSecurityKey(secret);
        var old = previous is var (oldKey, _) ? new SymmetricSecurityKey(Encoding.UTF8.GetBytes(oldKey)) : null;
        credentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256);
        validations = Enum.GetValues<LinkPurpose>().ToFrozenDictionary(purpose => purpose, purpose => new TokenValidationParameters
        {
            IssuerSigningKeyResolver = (_, _, _, _) => old is not null && clock.GetUtcNow() < previous!.Value.Until ? [key, old] : [key],
            TryAllIssuerSigningKeys = true,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            ValidIssuer = Issuer,
            ValidAudience = Audience(purpose),
            RequireExpirationTime = false,
            LifetimeValidator = (_, expires, _, _) => expires is null || expires > clock.GetUtcNow().UtcDateTime,
        });
    }

    /// <param name="purpose">What the token allows.</param>
    /// <param name="userId">The user.</param>
    /// <param name="generation">The user's current token generation.</param>
    /// <param name="searchId">The search to unsubscribe from, or the channel; null for the whole user.</param>
    /// <param name="address">
    /// The <see cref="EmailAddressKey"/> of the address to move to, or the channel's code; null for other purposes.
    /// </param>
    /// <param name="isOfMail">Whether the token goes into a mail's link.</param>
    /// <param name="issuedAt">The start of its lifetime; null for now. The same arguments give the same token.</param>
    public string Issue(LinkPurpose purpose, string userId, int generation, string? searchId = null, string? address = null,
        DateTimeOffset? issuedAt = null, bool isOfMail = false)
    {
        var claims = new Dictionary<string, object>
        {
            [JwtRegisteredClaimNames.Sub] = userId,
            [GenerationClaim] = generation,
        };
        if (searchId is not null)
            claims[SearchClaim] = searchId;
        if (isOfMail)
            claims[MailClaim] = true;
        if (address is not null)
            claims[AddressClaim] = address;
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience(purpose),
            Claims = claims,
            Expires = Lifetime(purpose) is { } lifetime ? (issuedAt ?? clock.GetUtcNow()).UtcDateTime + lifetime : null,
            SigningCredentials = credentials,
        });
    }

    /// <summary>
    /// A name that nobody can guess or trace back, always the same for the same content: HMAC-SHA-256 with the signing key, 64 hex digits.
    /// </summary>
    /// <param name="kind">The kind of content; equal content of another kind has another name.</param>
    /// <param name="content">The content to name.</param>
    public string NameOf(string kind, string content) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"name of {kind}\0{content}")));

    /// <summary>The content of a token; null when it is not ours, was changed, has another purpose, or has expired.</summary>
    public async Task<LinkToken?> ReadAsync(string? token, LinkPurpose purpose)
    {
        if (token is null or { Length: 0 or > MaximumLength })
            return null;
        var result = await handler.ValidateTokenAsync(token, validations[purpose]);
        if (!result.IsValid || result.SecurityToken is not JsonWebToken jwt || !jwt.TryGetPayloadValue(GenerationClaim, out int generation))
            return null;
        return new LinkToken
        {
            Purpose = purpose,
            UserId = jwt.Subject,
            Generation = generation,
            IsOfMail = jwt.TryGetPayloadValue(MailClaim, out bool isOfMail) && isOfMail,
            SearchId = jwt.TryGetPayloadValue(SearchClaim, out string? searchId) ? searchId : null,
            Address = jwt.TryGetPayloadValue(AddressClaim, out string? address) ? address : null,
        };
    }

    static string Audience(LinkPurpose purpose) => purpose.ToString().ToLowerInvariant();

    static TimeSpan? Lifetime(LinkPurpose purpose) => purpose switch
    {
        LinkPurpose.Manage => ManageLifetime,
        LinkPurpose.Confirm or LinkPurpose.Move or LinkPurpose.MoveAway or LinkPurpose.Channel => ConfirmLifetime,
        LinkPurpose.Undo => UndoLifetime,
        LinkPurpose.Dashboard or LinkPurpose.Operator => OperatorLifetime,
        LinkPurpose.SignIn => SignInLifetime,
        LinkPurpose.TakeBack => TakeBackLifetime,
        _ => null,
    };
}
