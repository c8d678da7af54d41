namespace Alerts.Search.Quota;

/// <summary>
/// The silo's searches that are due and got no call. While the day's calls do not suffice for all, only the longest waiting may take one. A
/// search that nobody will ask for any more leaves the line. Safe for concurrent use.
/// </summary>
sealed class WaitingLine
{
    readonly Lock gate = new();
    readonly Dictionary<string, (DateTimeOffset Since, DateTimeOffset Until)> searches = new(StringComparer.Ordinal);

    /// <summary>A search may take a call if it waits since this moment or longer; set by the last lease.</summary>
    DateTimeOffset turn = DateTimeOffset.MaxValue;

    public bool IsTurn(DateTimeOffset since)
    {
        lock (gate)
            return since <= turn;
    }

    /// <summary>A search waits until the given moment; then nobody asks for it any more.</summary>
    public void Join(string query, DateTimeOffset since, DateTimeOffset until)
    {
        lock (gate)
            searches[query] = (since, until);
    }

    /// <summary>A search was served, or left the silo.</summary>
    public void Leave(string query)
    {
        lock (gate)
            searches.Remove(query);
    }

    /// <summary>
    /// Gives the calls left today to the longest waiting searches, one each; if there are enough for all, every search may take one.
    /// </summary>
    public void Share(int calls, DateTimeOffset now)
    {
        lock (gate)
        {
            foreach (var gone in searches.Where(search => search.Value.Until < now).Select(search => search.Key).ToList())
                searches.Remove(gone);
            turn = calls < 1 || searches.Count < calls
                ? DateTimeOffset.MaxValue
                : searches.Values.Select(search => search.Since).Order().ElementAt(calls - 1);
        }
    }
}
