using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using static Alerts.Settings.Validation.SearchLimits;

namespace Alerts.Settings.Validation;

/// <summary>Checks aspects and conditions. eBay accepts aspects only with a category (12017), and ignores unknown conditions.</summary>
static class SearchAspectsValidator
{
    /// <summary>eBay's condition ids (Browse API, <c>conditionIds</c>).</summary>
    static readonly FrozenSet<int> conditions = FrozenSet.ToFrozenSet(
        [1000, 1500, 1750, 2000, 2010, 2020, 2030, 2500, 2750, 2990, 3000, 3010, 4000, 5000, 6000, 7000]);

    static readonly string conditionNames = string.Join(", ", conditions.Order());

    /// <summary>The separators of names and values in eBay's filter.</summary>
    static readonly SearchValues<char> separators = SearchValues.Create("{}|,:\\");

    public static void Check(SearchSettings search, string path, FieldErrors errors)
    {
        CheckConditions(search, path, errors);
        if (search.Aspects.IsDefaultOrEmpty)
            return;
        errors.Require(search.Category is not null, $"{path}aspects", "Aspects need a category.");
        errors.Require(search.Aspects.Length <= MaxAspects, $"{path}aspects", $"At most {MaxAspects} aspects.");
        for (var i = 0; i < Math.Min(search.Aspects.Length, MaxAspects); i++)
        {
            if (search.Aspects[i] is { } aspect)
                Check(aspect, $"{path}aspects[{i}]", errors);
            else
                errors.Add($"{path}aspects[{i}]", "An aspect is required.");
        }
    }

    static void CheckConditions(SearchSettings search, string path, FieldErrors errors)
    {
        if (search.ConditionIds.IsDefaultOrEmpty)
            return;
        errors.Require(search.Conditions.IsDefaultOrEmpty, $"{path}conditionIds", "Give conditions or conditionIds, not both.");
        errors.Require(search.ConditionIds.Length <= MaxConditionIds, $"{path}conditionIds", $"At most {MaxConditionIds} conditions.");
        for (var i = 0; i < Math.Min(search.ConditionIds.Length, MaxConditionIds); i++)
            errors.Require(conditions.Contains(search.ConditionIds[i]), $"{path}conditionIds[{i}]",
                $"A condition is one of {conditionNames}.");
    }

    static void Check(AspectFilter aspect, string path, FieldErrors errors)
    {
        errors.Require(IsName(aspect.Name, MaxAspectName), $"{path}.name",
            $"A name has 1 to {MaxAspectName} visible characters, but none of {{}}|,:\\");
        var values = aspect.Values.IsDefault ? [] : aspect.Values;
        errors.Require(values.Length is >= 1 and <= MaxAspectValues, $"{path}.values", $"An aspect has 1 to {MaxAspectValues} values.");
        for (var i = 0; i < Math.Min(values.Length, MaxAspectValues); i++)
            errors.Require(IsName(values[i], MaxAspectValue), $"{path}.values[{i}]",
                $"A value has 1 to {MaxAspectValue} visible characters, but none of {{}}|,:\\");
    }

    static bool IsName(string? text, int max) =>
        text is { Length: > 0 } && text.Length <= max && TextValidator.IsPlain(text) && !string.IsNullOrWhiteSpace(text)
        && !text.AsSpan().ContainsAny(separators);
}
