using System.Globalization;
using Alerts.Sql;

namespace Alerts.Silo.Databases;

/// <summary>One step of a database's schema, from <c>{dialect}/{database}/{version}-{name}.sql</c>.</summary>
/// <param name="Version">Number of the step, counted from 1; never reused, and never changed after its release.</param>
/// <param name="Name">What the step adds.</param>
/// <param name="Text">
/// Plain statements. MySQL commits each one alone, so a script must run again after a crash in the middle: tables with <c>IF NOT
/// EXISTS</c>, and a column or an index last.
/// </param>
public sealed record SqlScript(int Version, string Name, string Text)
{
    /// <summary>The embedded scripts of one database in one dialect, sorted by version; empty when there are none.</summary>
    public static IReadOnlyList<SqlScript> Of(string database, SqlDialect dialect)
    {
        var assembly = typeof(SqlScript).Assembly;
        var folder = $"Sql/{dialect.Name}/{database}/";
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.OrdinalIgnoreCase))
            .Select(name => Read(name, Path.GetFileNameWithoutExtension(name[folder.Length..])))
            .OrderBy(script => script.Version)];

        SqlScript Read(string resource, string file)
        {
            var (version, name) = file.Split('-', 2) is [var number, var rest]
                ? (number, rest) : throw new FormatException($"{resource} is not named NNNN-name.sql.");
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            return new(int.Parse(version, NumberStyles.None, CultureInfo.InvariantCulture), name, reader.ReadToEnd());
        }
    }
}
