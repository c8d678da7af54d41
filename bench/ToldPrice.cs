namespace Alerts.Bench;

/// <summary>One mail or message, and the price it told.</summary>
/// <param name="Number">1 for the first of all.</param>
/// <param name="To">Where it went: <c>mail</c>, or the kind of channel.</param>
/// <param name="User">The user's number.</param>
/// <param name="LogId">What the delivery log knows it by.</param>
/// <param name="At">When it was taken.</param>
/// <param name="Price">The price.</param>
/// <param name="Was">The price before; null when it told none.</param>
sealed record ToldPrice(int Number, string To, int User, string LogId, DateTimeOffset At, decimal Price, decimal? Was);
