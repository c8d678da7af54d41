namespace Alerts.Search.Quota;

/// <summary>
/// The silo's searches whose time has come and that got no call. While the day's calls do not suffice for all of them, only the longest
/// waiting may take one. A search that is not asked for any more soon leaves the line. Safe for concurrent use.
/// </summary>
sealed class WaitingLine
{
    readonly Lock gate = new();
    readonly Dictionary<string, (DateTimeOffset Since, DateTimeOffset Until)> searches = new(StringComparer.Ordinal);

    /// <summary>Who waits since then or longer may take a call; as of the last lease.</summary>
    DateTimeOffset turn = DateTimeOffset.MaxValue;

    /// <summary>Whether a search that waits since then may take a call.</summary>
    public bool IsTurn(DateTimeOffset since)
    {
        lock (gate)
            return since <= turn;
    }

    /// <summary>A search waits, until it is not asked for any more.</summary>
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

    /// <summary>So many calls are left today: they are for as many of the longest waiting, and for anybody if that is all of them.</summary>
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
