namespace Alerts.Tokens;

/// <summary>What the bearer of a link may do. A link of one purpose is worthless for every other.</summary>
public enum LinkPurpose
{
    /// <summary>See and change everything of the user; good for <see cref="LinkTokens.ManageLifetime"/>, or until the user's generation is rotated.</summary>
    Manage,

    /// <summary>Confirm the address; good for <see cref="LinkTokens.ConfirmLifetime"/>.</summary>
    Confirm,

    /// <summary>Agree that a user's mails come to this address from now on; good for <see cref="LinkTokens.ConfirmLifetime"/>.</summary>
    Move,

    /// <summary>Stop the mails of the user, or of one search. Never expires: a mail found years later must still let its reader go.</summary>
    Unsubscribe,

    /// <summary>Take an unsubscription back; good for <see cref="LinkTokens.UndoLifetime"/>.</summary>
    Undo,

    /// <summary>Look at the cluster's dashboard; the bearer has shown an API key. Good for <see cref="LinkTokens.DashboardLifetime"/>.</summary>
    Dashboard,

    /// <summary>Sign in at the pages, once; good for <see cref="LinkTokens.SignInLifetime"/>.</summary>
    SignIn,

    /// <summary>From the address before: take a move back, and nothing else; good for <see cref="LinkTokens.TakeBackLifetime"/>.</summary>
    TakeBack,

    /// <summary>From the present address: agree to a move or object to it; good for <see cref="LinkTokens.ConfirmLifetime"/>.</summary>
    MoveAway,

    /// <summary>Agree that a user's alerts come to a channel; good for <see cref="LinkTokens.ConfirmLifetime"/>.</summary>
    Channel,

    /// <summary>Read the user's Atom feed, or that of one search. Never expires: readers keep the address until its user voids it.</summary>
    Feed,
}
