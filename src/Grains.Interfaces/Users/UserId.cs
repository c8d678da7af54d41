using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Alerts.Users;

/// <summary>
/// Ids of users: <c>u-</c> and 32 lower-case hex digits of a random 128-bit number. Without the prefix, ADO.NET grain storage might read an
/// id as a number; keys that are equal as numbers would share a row (dotnet/orleans #9706).
/// </summary>
public static class UserId
{
    const string Prefix = "u-";
    const int Length = 34;
    static readonly SearchValues<char> hexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>A new id that nobody can guess.</summary>
    public static string New() => Prefix + RandomNumberGenerator.GetHexString(Length - Prefix.Length, lowercase: true);

    /// <summary>The id for a name, always the same. The name cannot be computed from it.</summary>
    public static string Of(string name) => Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));

    /// <summary>The id with the first 128 bits of a secret hash, given as hex digits.</summary>
    public static string FromHash(string hexDigits) => Prefix + hexDigits[..(Length - Prefix.Length)];

    /// <summary>Whether <paramref name="id"/> has the form of an id. The user may not exist.</summary>
    public static bool IsValid(string? id) =>
        id is { Length: Length } && id.StartsWith(Prefix, StringComparison.Ordinal)
        && !id.AsSpan(Prefix.Length).ContainsAnyExcept(hexDigits);
}
