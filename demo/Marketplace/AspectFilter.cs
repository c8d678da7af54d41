namespace Alerts.Demo.Marketplace;

/// <summary>The parameter <c>aspect_filter=categoryId:9355,Color:{Red|Blue},Brand:{Apple}</c>, read.</summary>
sealed record AspectFilter(string CategoryId, IReadOnlyDictionary<string, IReadOnlyList<string>> Aspects)
{
    public bool Passes(ListingSpec listing) => Aspects.All(aspect =>
        listing.Aspects.TryGetValue(aspect.Key, out var value) && aspect.Value.Contains(value, StringComparer.OrdinalIgnoreCase));

    /// <summary>Null for what eBay would not understand.</summary>
    public static AspectFilter? Parse(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries).Select(part => part.Split(':', 2)).ToList();
        if (parts.Count < 2 || parts[0] is not ["categoryId", { Length: > 0 } category] || !category.All(char.IsAsciiDigit))
            return null;
        var aspects = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in parts.Skip(1))
        {
            if (part is not [{ Length: > 0 } name, ['{', .., '}'] values] || !aspects.TryAdd(name, values[1..^1].Split('|', StringSplitOptions.TrimEntries)))
                return null;
        }
        return new AspectFilter(category, aspects);
    }
}
