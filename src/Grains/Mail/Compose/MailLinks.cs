using Alerts.Tokens;
using Alerts.Users.Addresses;

namespace Alerts.Mail.Compose;

/// <summary>The links of one mail. Each is signed when it is first used. Not safe for concurrent use.</summary>
/// <param name="tokens">Signs them.</param>
/// <param name="publicUrl">The gateway's public address.</param>
/// <param name="recipient">The user.</param>
/// <param name="issuedAt">When the mail was made. The links' lifetimes count from then, so that the same mail can be made again.</param>
public sealed class MailLinks(LinkTokens tokens, string publicUrl, MailRecipient recipient, DateTimeOffset issuedAt)
{
    /// <summary>The page to confirm the address.</summary>
    public string Confirm => Link("confirm", LinkPurpose.Confirm);

    /// <summary>The page to confirm that a user moves to the recipient's address.</summary>
    public string ConfirmAddress => Link("confirm", LinkPurpose.Move, address: EmailAddressKey.Of(recipient.Settings.Email));

    /// <summary>The page where the recipient agrees or objects to a move to another address.</summary>
    public string MoveAway(string address) => Link("move", LinkPurpose.MoveAway, address: address);

    /// <summary>The page to take a move back, for the address the user left.</summary>
    public string TakeBack => Link("take-back", LinkPurpose.TakeBack, address: EmailAddressKey.Of(recipient.Settings.Email));

    /// <summary>The page that shows everything and allows actions that can be taken back.</summary>
    public string Manage => field ??= Link("manage", LinkPurpose.Manage);

    /// <summary>The page with a listing's price history.</summary>
    public string Prices(string itemId) => $"{Manage}/prices/{Uri.EscapeDataString(itemId)}";

    /// <summary>The page with all results of a search.</summary>
    public string Found(string searchId) => $"{Manage}/searches/{searchId}";

    /// <summary>The page to edit a search; it needs a sign-in.</summary>
    public string Edit(string searchId) => $"{publicUrl.TrimEnd('/')}/alerts/{searchId}/edit";

    /// <summary>The page that signs a browser in, once.</summary>
    public string SignIn(string name) => Link("sign-in", LinkPurpose.SignIn, name);

    /// <summary>Stops all mails: a page for people, and the target of one-click unsubscription (RFC 8058).</summary>
    public string Unsubscribe => field ??= Link("unsubscribe", LinkPurpose.Unsubscribe);

    /// <summary>Stops the mails of one search.</summary>
    public string UnsubscribeSearch(string searchId) => Link("unsubscribe", LinkPurpose.Unsubscribe, searchId);

    /// <summary>Stops only the insight mails.</summary>
    public string UnsubscribeInsights => Link("unsubscribe", LinkPurpose.Unsubscribe, LinkToken.Insights);

    string Link(string page, LinkPurpose purpose, string? searchId = null, string? address = null) =>
        $"{publicUrl.TrimEnd('/')}/{page}/"
        + tokens.Issue(purpose, recipient.UserId, recipient.TokenGeneration, searchId, address, issuedAt,
            isOfMail: purpose is LinkPurpose.Manage);
}
