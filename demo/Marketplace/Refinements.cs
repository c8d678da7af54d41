using System.Globalization;
using System.Text.Json;

namespace Alerts.Demo.Marketplace;

/// <summary>What <c>fieldgroups</c> asks for besides the listings: how they divide by category, condition and aspect.</summary>
sealed record Refinements(bool Listings, bool Categories, bool Conditions, bool Aspects)
{
    const int MaxValues = 20;

    /// <summary>Only the listings, which is what eBay answers without the parameter.</summary>
    public static readonly Refinements None = new(true, false, false, false);

    /// <summary>Null for a group that eBay does not know.</summary>
    public static Refinements? Parse(string text)
    {
        var groups = text.Split(',', StringSplitOptions.TrimEntries);
        if (!groups.All(group => group is "ASPECT_REFINEMENTS" or "BUYING_OPTION_REFINEMENTS" or "CATEGORY_REFINEMENTS" or "CONDITION_REFINEMENTS"
            or "EXTENDED" or "MATCHING_ITEMS" or "FULL"))
            return null;
        var isFull = groups.Contains("FULL");
        return new Refinements(
            isFull || groups.Contains("MATCHING_ITEMS") || groups.Contains("EXTENDED"),
            isFull || groups.Contains("CATEGORY_REFINEMENTS"),
            isFull || groups.Contains("CONDITION_REFINEMENTS"),
            isFull || groups.Contains("ASPECT_REFINEMENTS"));
    }

    public void Write(Utf8JsonWriter json, IReadOnlyList<ListingSpec> matching)
    {
        if (matching.Count == 0 || !(Categories || Conditions || Aspects))
            return;
        json.WriteStartObject("refinement");
        json.WriteString("dominantCategoryId", matching.CountBy(listing => listing.CategoryId).MaxBy(category => category.Value).Key);
        if (Categories)
        {
            WriteCounts(json, "categoryDistributions", matching.CountBy(listing => listing.CategoryId), category =>
            {
                json.WriteString("categoryId", category);
                json.WriteString("categoryName", $"Category {category}");
            });
        }
        if (Conditions)
        {
            WriteCounts(json, "conditionDistributions", matching.CountBy(listing => listing.ConditionId ?? 0), condition =>
            {
                json.WriteString("condition", condition == 0 ? "Not Specified" : Condition.Name(condition));
                json.WriteString("conditionId", condition.ToString(CultureInfo.InvariantCulture));
            });
        }
        if (Aspects)
            WriteAspects(json, matching);
        json.WriteEndObject();
    }

    static void WriteAspects(Utf8JsonWriter json, IReadOnlyList<ListingSpec> matching)
    {
        json.WriteStartArray("aspectDistributions");
        foreach (var aspect in matching.SelectMany(listing => listing.Aspects).GroupBy(aspect => aspect.Key))
        {
            json.WriteStartObject();
            json.WriteString("localizedAspectName", aspect.Key);
            WriteCounts(json, "aspectValueDistributions", aspect.CountBy(one => one.Value), value => json.WriteString("localizedAspectValue", value));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void WriteCounts<T>(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<T, int>> counts, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var (value, count) in counts.OrderByDescending(count => count.Value).Take(MaxValues))
        {
            json.WriteStartObject();
            write(value);
            json.WriteNumber("matchCount", count);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
