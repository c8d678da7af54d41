using System.Text.RegularExpressions;
using Alerts.Settings.Sites;
using static Alerts.Settings.Validation.SearchLimits;

namespace Alerts.Settings.Validation;

/// <summary>Checks the places in a search. eBay refuses an incomplete pickup (12010), and a region that the site does not have.</summary>
static partial class SearchPlaceValidator
{
    public static void Check(SearchSettings search, string path, FieldErrors errors)
    {
        if (search.DeliverTo is { } to)
        {
            CheckCountry(to.Country, $"{path}deliverTo.country", errors);
            CheckPostalCode(to.PostalCode, $"{path}deliverTo.postalCode", errors);
        }
        if (search.Pickup is { } pickup)
        {
            CheckCountry(pickup.Country, $"{path}pickup.country", errors);
            errors.Require(pickup.PostalCode is { Length: > 0 }, $"{path}pickup.postalCode", "A pickup needs a postal code.");
            CheckPostalCode(pickup.PostalCode, $"{path}pickup.postalCode", errors);
            errors.Require(pickup.Radius is >= 1 and <= MaxRadius, $"{path}pickup.radius", $"The radius is 1 to {MaxRadius}.");
            errors.Require(pickup.Unit is "mi" or "km", $"{path}pickup.unit", "The unit is mi or km.");
        }
        if (search.ItemLocation is { } location)
            CheckLocation(location, search, path, errors);
    }

    static void CheckLocation(ItemLocation location, SearchSettings search, string path, FieldErrors errors)
    {
        errors.Require(location.Country is null != location.Region is null, $"{path}itemLocation", "Give a country or a region.");
        errors.Require(search.LocationCountry is null, $"{path}itemLocation", "Give locationCountry or itemLocation, not both.");
        CheckCountry(location.Country, $"{path}itemLocation.country", errors);
        if (location.Region is { } region && search.Marketplace is { } marketplace)
        {
            var regions = Regions.Of(marketplace);
            errors.Require(regions.Contains(region), $"{path}itemLocation.region",
                $"In this marketplace a region is one of {string.Join(", ", regions)}.");
        }
    }

    static void CheckCountry(string? country, string path, FieldErrors errors) =>
        errors.Require(country is null
            || Countries.IsKnown(country), path, "A country is an ISO 3166-1 code of two capital letters, such as DE.");

    static void CheckPostalCode(string? code, string path, FieldErrors errors) => errors.Require(
        code is null || (code.Length <= MaxPostalCode && PostalCodePattern.IsMatch(code)),
        path, $"A postal code has at most {MaxPostalCode} letters, digits, blanks and hyphens, 3 letters or digits among them.");

    [GeneratedRegex(@"^(?=(?:[ -]*[A-Za-z0-9]){3})[A-Za-z0-9 -]+\z")]
    private static partial Regex PostalCodePattern { get; }
}
