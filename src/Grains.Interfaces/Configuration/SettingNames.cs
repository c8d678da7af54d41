using Microsoft.Extensions.Configuration;

namespace Alerts.Configuration;

/// <summary>Finds misspelled settings: without this they would be ignored silently.</summary>
static class SettingNames
{
    /// <summary>
    /// A silo also gets settings of gateways. So an unknown name is an error only when it is this similar to a known one.
    /// </summary>
    const int MaxEdits = 2;

    public static IEnumerable<string> Misspelt(IConfiguration configuration, IReadOnlyList<SettingsSection> sections)
    {
        var known = sections.SelectMany(section => section.Properties.Select(property => $"{section.Name}:{property.Name}"))
            .Append($"{AlertsOptions.Section}:SecretsDirectory").ToList();
        foreach (var (name, value) in configuration.GetSection(AlertsOptions.Section).AsEnumerable())
        {
            if (value is null || known.Exists(one => IsPartOf(name, one)))
                continue;
            var nearest = known.Select(one => (Name: one, Edits: Edits(name, one))).MinBy(one => one.Edits);
            if (nearest.Edits <= MaxEdits)
                yield return $"{Written(name)} is no setting; is {Written(nearest.Name)} meant?";
        }
    }

    static bool IsPartOf(string name, string known) =>
        name.StartsWith(known, StringComparison.OrdinalIgnoreCase) && (name.Length == known.Length || name[known.Length] == ':');

    static string Written(string name) => name.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>How many letters must be changed, added or removed (Levenshtein), ignoring case.</summary>
    static int Edits(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var isSame = char.ToUpperInvariant(one[i - 1]) == char.ToUpperInvariant(other[j - 1]);
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (isSame ? 0 : 1)));
            }
        }

        return row[^1];
    }
}
