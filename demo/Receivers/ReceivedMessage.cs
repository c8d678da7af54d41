namespace Alerts.Demo.Receivers;

/// <summary>A message that a receiver took.</summary>
/// <param name="Kind">Whose stand-in took it.</param>
/// <param name="To">The path, topic or chat it was for.</param>
/// <param name="Body">The body as it came.</param>
/// <param name="At">When.</param>
/// <param name="Headers">The headers of its request, by their names in small letters.</param>
/// <param name="IsSigned">Whether a webhook's signature was made with <see cref="ReceiversServer.Secret"/>, or a push message's with the key that the browser was given.</param>
public sealed record ReceivedMessage(ReceiverKind Kind, string To, string Body, DateTimeOffset At, IReadOnlyDictionary<string, string> Headers, bool IsSigned)
{
    /// <summary>The <c>webhook-id</c> of a webhook; else empty.</summary>
    public string Id => Headers.GetValueOrDefault("webhook-id", "");
}
