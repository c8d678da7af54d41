using Alerts.Users.Addresses;

namespace Alerts.Tokens;

/// <summary>What a genuine, unexpired token says. Whether the user still exists, and whether the generation is current, only the user knows.</summary>
public sealed record LinkToken
{
    /// <summary>What it is for.</summary>
    public required LinkPurpose Purpose { get; init; }

    /// <summary>Whose it is.</summary>
    public required string UserId { get; init; }

    /// <summary>
    /// The user's token generation when it was issued. Whoever accepts a token for anything but unsubscribing refuses it
    /// when the user's generation has moved on: that is how a leaked link is revoked.
    /// </summary>
    public required int Generation { get; init; }

    /// <summary>Stands in the place of a search when the token is about the insight mails; no search has such an id.</summary>
    public const string Insights = "insights";

    /// <summary>The one search it is about, <see cref="Insights"/>, or the name of a sign-in link; null: the whole user.</summary>
    public string? SearchId { get; init; }

    /// <summary>True for a manage token in a mail's link: mails are passed on, so it is for reading and for what can be taken back at once.</summary>
    public bool IsOfMail { get; init; }

    /// <summary>The <see cref="EmailAddressKey"/> of the address to move to; null unless it is for that.</summary>
    public string? Address { get; init; }
}
