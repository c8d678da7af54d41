using System.Buffers;
using System.Security.Cryptography;

namespace Alerts.Users.Channels;

/// <summary>
/// Ids of channels within their user: <c>c-</c> and eight lower-case hex digits; <see cref="Mail"/> is the user's address.
/// </summary>
public static class ChannelId
{
    /// <summary>Stands for the user's address in lists of chosen channels.</summary>
    public const string Mail = "mail";

    const string Prefix = "c-";
    const int Length = 10;
    static readonly SearchValues<char> hexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>A new id. Ten random ids of four billion are practically never equal; the caller checks nevertheless.</summary>
    public static string New() => Prefix + RandomNumberGenerator.GetHexString(Length - Prefix.Length, lowercase: true);

    /// <summary>Whether <paramref name="id"/> has the form of a channel's id.</summary>
    public static bool IsValid(string? id) =>
        id is { Length: Length } && id.StartsWith(Prefix, StringComparison.Ordinal)
        && !id.AsSpan(Prefix.Length).ContainsAnyExcept(hexDigits);
}
