namespace Alerts.Tokens;

/// <summary>What a link allows. A link of one purpose is worth nothing for another.</summary>
public enum LinkPurpose
{
    /// <summary>
    /// See and change everything of the user. Valid for <see cref="LinkTokens.ManageLifetime"/>, or until the user's generation is rotated.
    /// </summary>
    Manage,

    /// <summary>Confirm the address. Valid for <see cref="LinkTokens.ConfirmLifetime"/>.</summary>
    Confirm,

    /// <summary>Agree that a user's mails come to this address. Valid for <see cref="LinkTokens.ConfirmLifetime"/>.</summary>
    Move,

    /// <summary>
    /// Stop the mails of the user, or of one search. Never expires: readers of an old mail must still be able to unsubscribe.
    /// </summary>
    Unsubscribe,

    /// <summary>Take an unsubscription back. Valid for <see cref="LinkTokens.UndoLifetime"/>.</summary>
    Undo,

    /// <summary>Look at the cluster's dashboard, as an operator. Valid for <see cref="LinkTokens.OperatorLifetime"/>.</summary>
    Dashboard,

    /// <summary>Sign in at the pages, once. Valid for <see cref="LinkTokens.SignInLifetime"/>.</summary>
    SignIn,

    /// <summary>For the former address: take a move back, and nothing else. Valid for <see cref="LinkTokens.TakeBackLifetime"/>.</summary>
    TakeBack,

    /// <summary>For the present address: agree or object to a move. Valid for <see cref="LinkTokens.ConfirmLifetime"/>.</summary>
    MoveAway,

    /// <summary>Agree that a user's alerts come to a channel. Valid for <see cref="LinkTokens.ConfirmLifetime"/>.</summary>
    Channel,

    /// <summary>
    /// Read the user's Atom feed, or that of one search. Never expires: feed readers keep the address until the user makes it void.
    /// </summary>
    Feed,

    /// <summary>See and use the operators' pages. Valid for <see cref="LinkTokens.OperatorLifetime"/>.</summary>
    Operator,
}
