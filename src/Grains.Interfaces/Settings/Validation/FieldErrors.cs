namespace Alerts.Settings.Validation;

/// <summary>Collects the errors in a document, by the JSON path of the field.</summary>
/// <param name="maximum">The most errors kept; further ones are dropped. Default: all.</param>
public sealed class FieldErrors(int maximum = int.MaxValue)
{
    readonly SortedDictionary<string, List<string>> errors = new(StringComparer.Ordinal);
    int count;

    /// <summary>Adds an error.</summary>
    /// <param name="path">Such as <c>searches[0].price.min</c>.</param>
    /// <param name="message">What the field must be: a sentence for people, without the given value.</param>
    public void Add(string path, string message)
    {
        if (count++ >= maximum)
            return;
        if (!errors.TryGetValue(path, out var messages))
            errors[path] = messages = [];
        messages.Add(message);
    }

    /// <summary>Adds an error unless <paramref name="holds"/>.</summary>
    public void Require(bool holds, string path, string message)
    {
        if (!holds)
            Add(path, message);
    }

    /// <summary>All errors, sorted by path.</summary>
    public IReadOnlyDictionary<string, string[]> ToDictionary() =>
        errors.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
}
