using Alerts.Search;
using Alerts.Settings;
using Alerts.Users.Addresses;
using Alerts.Users.Mails;
using Alerts.Users.Sessions;
using Orleans.Concurrency;

namespace Alerts.Users;

/// <summary>One user, key <see cref="UserId"/>: settings, what was seen, what is to be mailed; its durable reminder drives every check.</summary>
[Alias("Alerts.IUserGrain")]
public interface IUserGrain : IGrainWithStringKey, IRemindable
{
    /// <summary>Stores a new user, sets up the reminder and starts the first check. Repeated with the same id it changes nothing.</summary>
    [Alias("EnrolAsync")]
    Task<UserView> EnrolAsync(UserSettings settings);

    /// <summary>The same for a user of another service, or of here before, who stays as it was.</summary>
    [Alias("ImportAsync")]
    Task<UserView> ImportAsync(UserSettings settings, UserStanding standing);

    /// <summary>The user, or null when there is none.</summary>
    [Alias("GetAsync"), AlwaysInterleave]
    Task<UserView?> GetAsync();

    /// <summary>What each search of the user finds now; null when there is no user. Asks eBay only for searches that nobody asked for lately.</summary>
    /// <param name="limit">At most this many listings a search.</param>
    [Alias("GetResultsAsync"), AlwaysInterleave]
    Task<SearchResults[]?> GetResultsAsync(int limit);

    /// <summary>The same as far as it is known without asking eBay.</summary>
    /// <param name="limit">At most this many listings a search.</param>
    [Alias("PeekResultsAsync"), AlwaysInterleave]
    Task<SearchResults[]?> PeekResultsAsync(int limit);

    /// <summary>A page showed these of a search to the user: they count as notified, at the price shown.</summary>
    /// <param name="searchId">The search.</param>
    /// <param name="listings">What was shown.</param>
    [Alias("ShownAsync")]
    Task ShownAsync(string searchId, ShownListing[] listings);

    /// <summary>The mails to the user, newest first; null when there is no user.</summary>
    /// <param name="after">Where the page before ended; null for the first.</param>
    /// <param name="limit">At most this many sent ones.</param>
    [Alias("GetNotificationsAsync"), AlwaysInterleave]
    Task<NotificationPage?> GetNotificationsAsync(NotificationCursor? after, int limit);

    /// <summary>Why the user got mail, or none; null when there is no user.</summary>
    [Alias("GetChecksAsync"), AlwaysInterleave]
    Task<UserChecks?> GetChecksAsync();

    /// <summary>Replaces the settings, whole; what the remaining searches have seen is kept.</summary>
    /// <param name="settings">Valid settings. Another address only through <see cref="IEmailAddressGrain.MoveAsync"/>.</param>
    /// <param name="expectedVersion">The version they replace; another current one is a conflict.</param>
    /// <param name="request">The address to move to once it is confirmed; null: whatever was asked before stays.</param>
    [Alias("ReplaceSettingsAsync")]
    Task<ReplaceResult> ReplaceSettingsAsync(UserSettings settings, int expectedVersion, AddressRequest? request = null);

    /// <summary>Stops checks and mails until resumed. Null when there is no user; an unconfirmed one stays so.</summary>
    [Alias("PauseAsync")]
    Task<UserView?> PauseAsync();

    /// <summary>Takes checks and mails up again, from a pause, a snooze or a suppression. Null when there is no user; an unconfirmed one stays so.</summary>
    [Alias("ResumeAsync")]
    Task<UserView?> ResumeAsync();

    /// <summary>Pauses until a moment. Null when there is no user; an unconfirmed one stays so.</summary>
    [Alias("SnoozeAsync")]
    Task<UserView?> SnoozeAsync(DateTimeOffset until);

    /// <summary>The owner of the address has used the confirmation link. Null when there is no user or the link's generation is not the current one.</summary>
    [Alias("ConfirmAsync")]
    Task<UserView?> ConfirmAsync(int tokenGeneration);

    /// <summary>
    /// Stops the mails of the user, or of one search, at once: what waits to be sent is not sent. Repeated, or without a user, it changes nothing.
    /// </summary>
    /// <param name="searchId">The search; null for all.</param>
    [Alias("UnsubscribeAsync")]
    Task UnsubscribeAsync(string? searchId);

    /// <summary>Takes an unsubscription back. False when there is no user or the link's generation is not the current one.</summary>
    [Alias("ResubscribeAsync")]
    Task<bool> ResubscribeAsync(string? searchId, int tokenGeneration);

    /// <summary>Voids all manage, confirmation and undo tokens issued before, and a move that waits. Null when there is no user.</summary>
    [Alias("RotateTokensAsync")]
    Task<UserView?> RotateTokensAsync();

    /// <summary>
    /// The owner of the other address agrees that the alerts move there, which is done once the present address agreed, or did not object
    /// in time. Null when there is no user, no such move waits, or the link's generation is not the current one.
    /// </summary>
    /// <param name="address">The other address's <see cref="EmailAddressKey"/>.</param>
    /// <param name="tokenGeneration">The link's generation.</param>
    [Alias("ConfirmMoveAsync")]
    Task<UserView?> ConfirmMoveAsync(string address, int tokenGeneration);

    /// <summary>The owner of the present address agrees, as above.</summary>
    [Alias("AllowMoveAsync")]
    Task<UserView?> AllowMoveAsync(string address, int tokenGeneration);

    /// <summary>The owner of the present address objects: nothing moves, and all tokens of before are void. Null as above.</summary>
    [Alias("RefuseMoveAsync")]
    Task<UserView?> RefuseMoveAsync(string address, int tokenGeneration);

    /// <summary>
    /// Somebody enrolled this user's address again, or wants to move to it: its owner is mailed a manage link, at most one a day; who has not
    /// confirmed yet gets the confirmation once more, if it was not repeated before.
    /// </summary>
    [Alias("RemindOwnerAsync")]
    Task RemindOwnerAsync();

    /// <summary>Serves the user again if its address was suppressed within a span of time; says whether it was.</summary>
    /// <param name="from">Its start; null for ever, which includes suppressions of an unknown time.</param>
    /// <param name="to">Its end; null for none.</param>
    [Alias("LiftSuppressionAsync")]
    Task<bool> LiftSuppressionAsync(DateTimeOffset? from, DateTimeOffset? to);

    /// <summary>Tries the mails at once that wait for their next attempt; says how many.</summary>
    [Alias("RetryMailsAsync")]
    Task<int> RetryMailsAsync();

    /// <summary>
    /// Somebody wants to sign in: the owner is mailed a link for that. Who has not confirmed yet gets the confirmation once more, if it was
    /// not repeated before.
    /// </summary>
    [Alias("SendSignInAsync")]
    Task SendSignInAsync();

    /// <summary>Signs a browser in. Null when there is no user, or the link was used before.</summary>
    /// <param name="linkId">The name of the link: each opens one session.</param>
    /// <param name="keyHash">SHA-256 of the secret in the browser's cookie, hex digits.</param>
    /// <param name="browser">The browser in its own words.</param>
    [Alias("OpenSessionAsync")]
    Task<UserView?> OpenSessionAsync(string linkId, string keyHash, string browser);

    /// <summary>Who is signed in with a secret; null when nobody is any more.</summary>
    [Alias("FindSessionAsync"), AlwaysInterleave]
    Task<SignedIn?> FindSessionAsync(string keyHash);

    /// <summary>The browsers signed in, newest first.</summary>
    [Alias("ListSessionsAsync"), AlwaysInterleave]
    Task<SessionView[]> ListSessionsAsync();

    /// <summary>Signs a browser out; null: all.</summary>
    [Alias("EndSessionAsync")]
    Task EndSessionAsync(string? id);

    /// <summary>From now on the user is woken in another second of the reminder window; nothing is skipped by it. Nothing happens when there is no user.</summary>
    /// <param name="second">From 0.</param>
    /// <exception cref="StoreUnavailableException">The user may or may not have been moved.</exception>
    [Alias("MoveAsync")]
    Task MoveAsync(int second);

    /// <summary>
    /// Erases the user: state, reminder, address and delivery log. Who had confirmed the address gets one last mail that says so; until it
    /// is sent, or given up after a day, the address and the language are kept for it. False when there was none.
    /// </summary>
    [Alias("DeleteAsync")]
    Task<bool> DeleteAsync();

    /// <summary>
    /// Does what is due by now, as a tick of the reminder does: for ticks that may have been lost. Woken too often it does nothing. False when
    /// the silo is about to stop, so that what is due has to be done elsewhere.
    /// </summary>
    [Alias("WakeAsync")]
    Task<bool> WakeAsync();
}
