using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Alerts.Users;

/// <summary>
/// Ids of users: <c>u-</c> and 32 lower-case hex digits of a random 128-bit number. The prefix keeps the id from being
/// read as a number by ADO.NET grain storage, where keys that look alike as numbers share a row (dotnet/orleans #9706).
/// </summary>
public static class UserId
{
    const string Prefix = "u-";
    const int Length = 34;
    static readonly SearchValues<char> hexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>A new id nobody can guess.</summary>
    public static string New() => Prefix + RandomNumberGenerator.GetHexString(Length - Prefix.Length, lowercase: true);

    /// <summary>The id that a name stands for, always the same; the name cannot be found from it.</summary>
    public static string Of(string name) => Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));

    /// <summary>The id made of the first 128 bits of a secret hash, given as hex digits.</summary>
    public static string FromHash(string hexDigits) => Prefix + hexDigits[..(Length - Prefix.Length)];

    /// <summary>Whether <paramref name="id"/> has the form of an id; says nothing about whether such a user exists.</summary>
    public static bool IsValid(string? id) =>
        id is { Length: Length } && id.StartsWith(Prefix, StringComparison.Ordinal)
        && !id.AsSpan(Prefix.Length).ContainsAnyExcept(hexDigits);
}
