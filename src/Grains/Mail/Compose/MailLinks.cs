using Alerts.Tokens;
using Alerts.Users.Addresses;

namespace Alerts.Mail.Compose;

/// <summary>The links of one mail. Each is signed when it is first asked for. Not safe for concurrent use.</summary>
/// <param name="tokens">Signs them.</param>
/// <param name="publicUrl">The gateway's address as people reach it.</param>
/// <param name="recipient">The user.</param>
/// <param name="issuedAt">When the mail was made: from then on the links' lifetimes count, so that sent again it is the same mail.</param>
public sealed class MailLinks(LinkTokens tokens, string publicUrl, MailRecipient recipient, DateTimeOffset issuedAt)
{
    /// <summary>The page that confirms the address.</summary>
    public string Confirm => Link("confirm", LinkPurpose.Confirm);

    /// <summary>The page that confirms that a user moves to the recipient's address.</summary>
    public string ConfirmAddress => Link("confirm", LinkPurpose.Move, address: EmailAddressKey.Of(recipient.Settings.Email));

    /// <summary>The page on which the recipient agrees to a move to an address, or objects.</summary>
    public string MoveAway(string address) => Link("move", LinkPurpose.MoveAway, address: address);

    /// <summary>The page that takes a move away from the recipient's address back.</summary>
    public string TakeBack => Link("take-back", LinkPurpose.TakeBack, address: EmailAddressKey.Of(recipient.Settings.Email));

    /// <summary>The page where everything can be seen, and what is wanted at once can be done.</summary>
    public string Manage => field ??= Link("manage", LinkPurpose.Manage);

    /// <summary>The page of what a listing's own price did.</summary>
    public string Prices(string itemId) => $"{Manage}/prices/{Uri.EscapeDataString(itemId)}";

    /// <summary>The page of everything that a search finds.</summary>
    public string Found(string searchId) => $"{Manage}/searches/{searchId}";

    /// <summary>The page that edits a search, which wants a sign-in.</summary>
    public string Edit(string searchId) => $"{publicUrl.TrimEnd('/')}/alerts/{searchId}/edit";

    /// <summary>The page that signs a browser in, once.</summary>
    public string SignIn(string name) => Link("sign-in", LinkPurpose.SignIn, name);

    /// <summary>Stops all mails: the page for people, and the target of one-click (RFC 8058).</summary>
    public string Unsubscribe => field ??= Link("unsubscribe", LinkPurpose.Unsubscribe);

    /// <summary>Stops the mails of one search.</summary>
    public string UnsubscribeSearch(string searchId) => Link("unsubscribe", LinkPurpose.Unsubscribe, searchId);

    /// <summary>Stops the insight mails alone.</summary>
    public string UnsubscribeInsights => Link("unsubscribe", LinkPurpose.Unsubscribe, LinkToken.Insights);

    string Link(string page, LinkPurpose purpose, string? searchId = null, string? address = null) =>
        $"{publicUrl.TrimEnd('/')}/{page}/{tokens.Issue(purpose, recipient.UserId, recipient.TokenGeneration, searchId, address, issuedAt, isOfMail: purpose is LinkPurpose.Manage)}";
}
