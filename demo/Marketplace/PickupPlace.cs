using System.Globalization;

namespace Alerts.Demo.Marketplace;

/// <summary>
/// Where a buyer would collect a listing. Distances are made up, and the same each time: ten miles for each step between the first
/// three digits of two postal codes.
/// </summary>
sealed record PickupPlace(string Country, string PostalCode, decimal Radius, bool IsInKilometres)
{
    const decimal MilesAStep = 10;
    const decimal KilometresAMile = 1.609m;

    /// <summary>How far a listing is away, in the unit of the radius; null where it cannot be collected.</summary>
    public decimal? DistanceTo(ListingSpec listing)
    {
        if (!listing.HasLocalPickup || listing.Country != Country || listing.PostalCode is not { } there)
            return null;
        var miles = Math.Abs(Area(there) - Area(PostalCode)) * MilesAStep;
        return decimal.Round(IsInKilometres ? miles * KilometresAMile : miles, 1);
    }

    public bool Reaches(ListingSpec listing) => DistanceTo(listing) <= Radius;

    static int Area(string postalCode) =>
        int.TryParse(new string([.. postalCode.Where(char.IsAsciiDigit).Take(3)]), NumberStyles.None, CultureInfo.InvariantCulture, out var area) ? area : 0;
}
