using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Alerts.Settings.Validation;
using Alerts.Users;
using Alerts.Users.Mails;

namespace Alerts.Gateway.Requests.Operations;

/// <summary>Places in lists, as callers keep them: opaque to callers, and checked when they come back.</summary>
static class Cursors
{
    const int MaxLength = 200;

    /// <summary>The cursor of a page of users; null stays null.</summary>
    public static string? Write(UserCursor? place) =>
        place is null ? null : Encode(string.Create(CultureInfo.InvariantCulture, $"{place.Hash} {place.UserId}"));

    /// <summary>The cursor of a page of notifications; null stays null.</summary>
    public static string? Write(NotificationCursor? place) =>
        place is null ? null : Encode(string.Create(CultureInfo.InvariantCulture, $"{place.At.UtcTicks} {place.Id}"));

    /// <summary>The place of a users' cursor. Null without a cursor, and for an invalid one, which adds an error.</summary>
    public static UserCursor? ReadUser(string? cursor, FieldErrors errors) => Read(cursor, errors, static (number, id) =>
        UserId.IsValid(id) && int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var hash)
            ? new UserCursor(hash, id) : null);

    /// <summary>The place of a notifications' cursor. Null without a cursor, and for an invalid one, which adds an error.</summary>
    public static NotificationCursor? ReadNotification(string? cursor, FieldErrors errors) => Read(cursor, errors, static (number, id) =>
        long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks
            ? new NotificationCursor(new DateTimeOffset(ticks, TimeSpan.Zero), id)
            : null);

    /// <summary>Checks a page's size.</summary>
    public static void CheckLimit(int limit, int maximum, FieldErrors errors) =>
        errors.Require(limit >= 1 && limit <= maximum, "limit", $"Must be 1 to {maximum}.");

    static T? Read<T>(string? cursor, FieldErrors errors, Func<string, string, T?> parse) where T : class
    {
        if (cursor is null)
            return null;
        if (cursor.Length <= MaxLength && Base64Url.IsValid(cursor)
            && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(' ', 2) is [var number, var id]
            && parse(number, id) is { } place)
            return place;
        errors.Add("cursor", "Must be the next of a page before.");
        return null;
    }

    static string Encode(string place) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(place));
}
