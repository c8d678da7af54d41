using Alerts.Users.Addresses;

namespace Alerts.Tokens;

/// <summary>
/// The content of a genuine, unexpired token. Only the user's grain knows whether the user still exists and whether the generation is
/// current.
/// </summary>
public sealed record LinkToken
{
    /// <summary>What the token allows.</summary>
    public required LinkPurpose Purpose { get; init; }

    /// <summary>The user.</summary>
    public required string UserId { get; init; }

    /// <summary>
    /// The user's token generation when the token was issued. A token of an older generation is refused for everything except
    /// unsubscribing. So rotating the generation revokes a leaked link.
    /// </summary>
    public required int Generation { get; init; }

    /// <summary>Stands instead of a search when the token is about the insight mails; no search has this id.</summary>
    public const string Insights = "insights";

    /// <summary>The search, <see cref="Insights"/>, the channel, or the name of a sign-in link; null for the whole user.</summary>
    public string? SearchId { get; init; }

    /// <summary>
    /// True for a manage token in a mail's link. Mails are forwarded, so it allows only reading and actions that can be taken back at once.
    /// </summary>
    public bool IsOfMail { get; init; }

    /// <summary>The <see cref="EmailAddressKey"/> of the address to move to, or a channel's code; otherwise null.</summary>
    public string? Address { get; init; }
}
