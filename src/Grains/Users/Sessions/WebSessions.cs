using Alerts.State;
using Alerts.Tokens;

namespace Alerts.Users.Sessions;

/// <summary>
/// The browsers that are signed in at the pages. Sessions are part of the user's state, so they are erased with it. Pure.
/// </summary>
public static class WebSessions
{
    /// <summary>How long a browser stays signed in.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>Sessions of a user; a further one replaces the oldest.</summary>
    public const int MaxSessions = 20;

    /// <summary>Longer than any link that opens a session is valid.</summary>
    static readonly TimeSpan linkLifetime = LinkTokens.ConfirmLifetime;

    /// <summary>Opens a session; null when its link was used before.</summary>
    public static UserState? Opened(UserState user, WebSession session, DateTimeOffset now)
    {
        if (user.Sessions.Any(known => known.Id == session.Id))
            return null;
        var kept = user.Sessions.Where(known => IsOpen(known, user, now) || now - known.OpenedAt < linkLifetime);
        return user with { Sessions = [.. kept.TakeLast(MaxSessions - 1), session] };
    }

    /// <summary>Ends one session, or all.</summary>
    public static UserState Ended(UserState user, string? id, DateTimeOffset now)
    {
        return user.Sessions.Any(session => IsMeant(session, id) && IsOpen(session, user, now))
            ? user with { Sessions = [.. user.Sessions.Select(End)] }
            : user;

        WebSession End(WebSession session) => IsMeant(session, id) && session.EndedAt is null ? session with { EndedAt = now } : session;
    }

    /// <summary>The open session with this secret's hash, or null.</summary>
    public static WebSession? Find(UserState user, string keyHash, DateTimeOffset now) =>
        user.Sessions.FirstOrDefault(session => session.KeyHash == keyHash && IsOpen(session, user, now));

    /// <summary>The open sessions, newest first.</summary>
    public static IEnumerable<WebSession> Open(UserState user, DateTimeOffset now) =>
        user.Sessions.Where(session => IsOpen(session, user, now)).Reverse();

    static bool IsOpen(WebSession session, UserState user, DateTimeOffset now) =>
        session.EndedAt is null && session.Generation == user.TokenGeneration && now - session.OpenedAt < Lifetime;

    static bool IsMeant(WebSession session, string? id) => id is null || session.Id == id;
}
