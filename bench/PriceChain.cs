namespace Alerts.Bench;

/// <summary>What one user was told at one place of the one price that falls, from the messages in their order.</summary>
/// <param name="Told">The price told last.</param>
/// <param name="Gaps">Messages that begin below what was told before: the fall in between was lost.</param>
/// <param name="Repeated">Messages whose news the one after them told again, under the same name or merged into later news.</param>
sealed record PriceChain(decimal? Told, int Gaps, IReadOnlyList<ToldPrice> Repeated)
{
    /// <param name="messages">The messages.</param>
    /// <param name="told">The price that the user knew before the first of them; null: none.</param>
    public static PriceChain Of(IEnumerable<ToldPrice> messages, decimal? told)
    {
        var gaps = 0;
        var repeated = new List<ToldPrice>();
        var ids = new HashSet<string>();
        ToldPrice? before = null;
        foreach (var message in messages)
        {
            if (!ids.Add(message.LogId) || (before is not null && (message.Was is null || message.Was > told)))
                repeated.Add(before!);
            else if (message.Was < told)
                gaps++;
            told = told < message.Price ? told : message.Price;
            before = message;
        }

        return new PriceChain(told, gaps, repeated);
    }
}
