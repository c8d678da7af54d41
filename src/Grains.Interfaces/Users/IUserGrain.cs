using Alerts.Search;
using Alerts.Settings;
using Alerts.Users.Addresses;
using Alerts.Users.Mails;
using Alerts.Users.Sessions;
using Orleans.Concurrency;

namespace Alerts.Users;

/// <summary>
/// One user; the key is a <see cref="UserId"/>. Keeps the settings, the seen listings and the outbox. Its durable reminder starts every
/// check.
/// </summary>
[Alias("Alerts.IUserGrain")]
public interface IUserGrain : IGrainWithStringKey, IRemindable
{
    /// <summary>
    /// Stores a new user, sets up the reminder and starts the first check. A repeated call with the same id changes nothing.
    /// </summary>
    [Alias("EnrolAsync")]
    Task<UserView> EnrolAsync(UserSettings settings);

    /// <summary>The same for a user of another service, or of here before, who stays as it was.</summary>
    [Alias("ImportAsync")]
    Task<UserView> ImportAsync(UserSettings settings, UserStanding standing);

    /// <summary>The user, or null when there is none.</summary>
    [Alias("GetAsync"), AlwaysInterleave]
    Task<UserView?> GetAsync();

    /// <summary>
    /// The present results of the user's searches; null when there is no user. Asks eBay only for queries that nobody asked for recently.
    /// </summary>
    /// <param name="limit">The most listings for each search.</param>
    [Alias("GetResultsAsync"), AlwaysInterleave]
    Task<SearchResults[]?> GetResultsAsync(int limit);

    /// <summary>The same without asking eBay: only what is known.</summary>
    /// <param name="limit">The most listings for each search.</param>
    [Alias("PeekResultsAsync"), AlwaysInterleave]
    Task<SearchResults[]?> PeekResultsAsync(int limit);

    /// <summary>A page showed these listings of a search to the user: they count as notified, at the price shown.</summary>
    /// <param name="searchId">The search.</param>
    /// <param name="listings">The listings shown.</param>
    [Alias("ShownAsync")]
    Task ShownAsync(string searchId, ShownListing[] listings);

    /// <summary>The mails to the user, newest first; null when there is no user.</summary>
    /// <param name="after">Where the page before ended; null for the first.</param>
    /// <param name="limit">The most sent mails.</param>
    [Alias("GetNotificationsAsync"), AlwaysInterleave]
    Task<NotificationPage?> GetNotificationsAsync(NotificationCursor? after, int limit);

    /// <summary>A mail to the user, or a message to one of its channels, with what it says; null when there is none.</summary>
    /// <param name="notificationId">Its id, of ASCII characters.</param>
    [Alias("GetNotificationAsync"), AlwaysInterleave]
    Task<NotificationContent?> GetNotificationAsync(string notificationId);

    /// <summary>Why the user got a mail, or none; null when there is no user.</summary>
    [Alias("GetChecksAsync"), AlwaysInterleave]
    Task<UserChecks?> GetChecksAsync();

    /// <summary>Replaces all settings. Searches that remain keep their memory.</summary>
    /// <param name="settings">Valid settings. The address changes only through <see cref="IEmailAddressGrain.MoveAsync"/>.</param>
    /// <param name="expectedVersion">The version to replace; if another one is current, the result is a conflict.</param>
    /// <param name="request">The address to move to after confirmation; null keeps an earlier request.</param>
    [Alias("ReplaceSettingsAsync")]
    Task<ReplaceResult> ReplaceSettingsAsync(UserSettings settings, int expectedVersion, AddressRequest? request = null);

    /// <summary>Stops checks and mails until resumed. Null when there is no user. An unconfirmed user is not changed.</summary>
    [Alias("PauseAsync")]
    Task<UserView?> PauseAsync();

    /// <summary>
    /// Starts checks and mails again, after a pause, a snooze or a suppression. Null when there is no user. An unconfirmed user is not
    /// changed.
    /// </summary>
    [Alias("ResumeAsync")]
    Task<UserView?> ResumeAsync();

    /// <summary>Pauses until a moment. Null when there is no user. An unconfirmed user is not changed.</summary>
    [Alias("SnoozeAsync")]
    Task<UserView?> SnoozeAsync(DateTimeOffset until);

    /// <summary>
    /// The address's owner used the confirmation link. Null when there is no user, or when the link's generation is not current.
    /// </summary>
    [Alias("ConfirmAsync")]
    Task<UserView?> ConfirmAsync(int tokenGeneration);

    /// <summary>
    /// Stops the mails of the user, or of one search, at once; waiting mails are not sent. A repeated call, or one without a user, changes
    /// nothing.
    /// </summary>
    /// <param name="searchId">The search; null for all.</param>
    [Alias("UnsubscribeAsync")]
    Task UnsubscribeAsync(string? searchId);

    /// <summary>Takes an unsubscription back. False when there is no user, or when the link's generation is not current.</summary>
    [Alias("ResubscribeAsync")]
    Task<bool> ResubscribeAsync(string? searchId, int tokenGeneration);

    /// <summary>
    /// Makes all earlier manage, confirmation and undo tokens void, and cancels a waiting move. Null when there is no user.
    /// </summary>
    [Alias("RotateTokensAsync")]
    Task<UserView?> RotateTokensAsync();

    /// <summary>
    /// The owner of the new address agrees to the move. It is made when the present address agreed too, or did not object in time. Null
    /// when there is no user, no such move waits, or the link's generation is not current.
    /// </summary>
    /// <param name="address">The new address's <see cref="EmailAddressKey"/>.</param>
    /// <param name="tokenGeneration">The link's generation.</param>
    [Alias("ConfirmMoveAsync")]
    Task<UserView?> ConfirmMoveAsync(string address, int tokenGeneration);

    /// <summary>The owner of the present address agrees to the move. Null as above.</summary>
    [Alias("AllowMoveAsync")]
    Task<UserView?> AllowMoveAsync(string address, int tokenGeneration);

    /// <summary>The owner of the present address objects: nothing moves, and all earlier tokens are void. Null as above.</summary>
    [Alias("RefuseMoveAsync")]
    Task<UserView?> RefuseMoveAsync(string address, int tokenGeneration);

    /// <summary>
    /// Somebody enrolled this user's address again, or wants to move to it. The owner gets a mail with a manage link, at most one a day. An
    /// unconfirmed user gets the confirmation once more, if it was not repeated before.
    /// </summary>
    [Alias("RemindOwnerAsync")]
    Task RemindOwnerAsync();

    /// <summary>Serves the user again if its address was suppressed within a span of time. Returns whether it was.</summary>
    /// <param name="from">The start of the span; null for no start, which includes suppressions of an unknown time.</param>
    /// <param name="to">The end of the span; null for no end.</param>
    [Alias("LiftSuppressionAsync")]
    Task<bool> LiftSuppressionAsync(DateTimeOffset? from, DateTimeOffset? to);

    /// <summary>Tries the mails at once that wait for their next attempt; says how many.</summary>
    [Alias("RetryMailsAsync")]
    Task<int> RetryMailsAsync();

    /// <summary>
    /// Somebody wants to sign in: the owner gets a mail with a link. An unconfirmed user gets the confirmation once more, if it was not
    /// repeated before.
    /// </summary>
    [Alias("SendSignInAsync")]
    Task SendSignInAsync();

    /// <summary>Signs a browser in. Null when there is no user, or when the link was used before.</summary>
    /// <param name="linkId">The name of the link; each link opens one session.</param>
    /// <param name="keyHash">SHA-256 of the secret in the browser's cookie, hex digits.</param>
    /// <param name="browser">The browser's own description.</param>
    [Alias("OpenSessionAsync")]
    Task<UserView?> OpenSessionAsync(string linkId, string keyHash, string browser);

    /// <summary>The user signed in with a secret; null when there is none any more.</summary>
    [Alias("FindSessionAsync"), AlwaysInterleave]
    Task<SignedIn?> FindSessionAsync(string keyHash);

    /// <summary>The browsers that are signed in, newest first.</summary>
    [Alias("ListSessionsAsync"), AlwaysInterleave]
    Task<SessionView[]> ListSessionsAsync();

    /// <summary>Signs one browser out; null signs all out.</summary>
    [Alias("EndSessionAsync")]
    Task EndSessionAsync(string? id);

    /// <summary>
    /// Wakes the user in another second of the reminder window from now on. No check is skipped. Does nothing when there is no user.
    /// </summary>
    /// <param name="second">From 0.</param>
    /// <exception cref="StoreUnavailableException">It is unknown whether the user was moved.</exception>
    [Alias("MoveAsync")]
    Task MoveAsync(int second);

    /// <summary>
    /// Erases the user: state, reminder, address and delivery log. An owner who had confirmed the address gets one last mail about it.
    /// Address and language are kept for that mail until it is sent, or given up after a day. False when there was no user.
    /// </summary>
    [Alias("DeleteAsync")]
    Task<bool> DeleteAsync();

    /// <summary>
    /// Does the work that is due, as a tick does; for ticks that may have been lost. Calling it too often does no harm. False when the silo
    /// is about to stop, so that another silo must do the work.
    /// </summary>
    [Alias("WakeAsync")]
    Task<bool> WakeAsync();
}
