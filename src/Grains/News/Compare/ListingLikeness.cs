using System.IO.Hashing;
using System.Runtime.InteropServices;
using Alerts.Search;

namespace Alerts.News.Compare;

/// <summary>Recognizes a listing that its seller ended and listed again: same seller, same title.</summary>
static class ListingLikeness
{
    /// <summary>
    /// A 32-bit hash of seller and title, without case and blanks; 0 when the seller is unknown. Two of a hundred listings collide once in
    /// a million searches.
    /// </summary>
    public static uint Of(Listing listing)
    {
        if (listing.Seller is not { } seller)
            return 0;
        Span<char> letters = stackalloc char[256];
        var length = 0;
        foreach (var c in listing.Title)
        {
            if (length < 160 && !char.IsWhiteSpace(c))
                letters[length++] = char.ToUpperInvariant(c);
        }

        letters[length++] = '\n';
        foreach (var c in seller)
        {
            if (length < letters.Length)
                letters[length++] = char.ToUpperInvariant(c);
        }

        var hash = XxHash32.HashToUInt32(MemoryMarshal.AsBytes(letters[..length]));
        return hash == 0 ? 1 : hash;
    }
}
