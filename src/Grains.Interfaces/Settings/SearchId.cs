using System.Buffers;
using System.Security.Cryptography;

namespace Alerts.Settings;

/// <summary>Ids of searches within their user: <c>s-</c> and eight lower-case hex digits.</summary>
public static class SearchId
{
    const string Prefix = "s-";
    const int Length = 10;
    static readonly SearchValues<char> hexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>A new id that is not among <paramref name="taken"/>.</summary>
    public static string New(IReadOnlySet<string> taken)
    {
        string id;
        do
            id = Prefix + RandomNumberGenerator.GetHexString(Length - Prefix.Length, lowercase: true);
        while (taken.Contains(id));
        return id;
    }

    /// <summary>Whether <paramref name="id"/> has the form of an id.</summary>
    public static bool IsValid(string? id) =>
        id is { Length: Length } && id.StartsWith(Prefix, StringComparison.Ordinal)
        && !id.AsSpan(Prefix.Length).ContainsAnyExcept(hexDigits);
}
