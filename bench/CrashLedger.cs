using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Alerts.Demo.Mailbox;
using Alerts.Demo.Receivers;

namespace Alerts.Bench;

/// <summary>What each user of <see cref="CrashBenchmark"/> was told of the price, by mail and at each kind of channel.</summary>
/// <param name="mailbox">Where the mails are.</param>
/// <param name="receivers">Where the messages are.</param>
sealed partial class CrashLedger(MailboxServer mailbox, ReceiversServer receivers)
{
    public const string Mail = "mail";

    readonly List<ToldPrice> all = [];
    readonly Dictionary<(string Kind, int User), string> channels = [];
    long lastMail;
    int messages;

    /// <summary>Mail, and the kinds of channels.</summary>
    public static IReadOnlyList<string> Places { get; } = [Mail, .. Enum.GetNames<ReceiverKind>()];

    /// <summary>Mails and messages so far.</summary>
    public int Count => all.Count;

    /// <summary>Those of one place.</summary>
    public int CountOf(string place) => all.Count(one => one.To == place);

    /// <summary>Learns the id of a user's channel.</summary>
    public void Learn(string kind, int user, string channelId) => channels[(kind, user)] = channelId;

    /// <summary>Takes over what came since it was last asked for, and returns that.</summary>
    public IReadOnlyList<ToldPrice> TakeNew()
    {
        var known = all.Count;
        foreach (var mail in mailbox.Mails.SkipWhile(mail => mail.Sequence <= lastMail))
        {
            lastMail = mail.Sequence;
            Add(Mail, CrashNode.NumberOf(mail.Recipients[0].Split('@')[0]), mail.MessageId!.Split('@')[0], mail.ReceivedAt, PricesIn(mail.TextBody!));
        }

        foreach (var message in receivers.Messages.Skip(messages))
        {
            messages++;
            var kind = message.Kind.ToString();
            var user = message.Kind is ReceiverKind.Telegram ? CrashNode.NumberOfChat(message.To) : CrashNode.NumberOf(message.To);
            var body = JsonSerializer.Deserialize<JsonElement>(message.Body);
            if ((message.Kind is ReceiverKind.Webhook ? PricesOf(body) : PricesIn(TextOf(body))) is { } prices)
                Add(kind, user, LogIdOf(channels[(kind, user)], prices.Price), message.At, prices);
        }

        return all[known..];
    }

    /// <summary>What a user was told at a place.</summary>
    /// <param name="place">The place.</param>
    /// <param name="user">The user's number.</param>
    /// <param name="first">The price that every channel begins with.</param>
    public PriceChain ChainOf(string place, int user, decimal first) =>
        PriceChain.Of(all.Where(one => one.To == place && one.User == user), place == Mail ? null : first);

    /// <summary>The name of a message to a channel. Most platforms show none, so it is made of the channel and the price, which no two share.</summary>
    public static string LogIdOf(string channelId, decimal price) => string.Create(CultureInfo.InvariantCulture, $"{channelId} {price:0}");

    /// <summary>The name of a message by its row of the delivery log.</summary>
    public static string LogIdOf(string messageId, string subject) =>
        LogIdOf(messageId.TrimEnd('~')[(messageId.LastIndexOf('.') + 1)..], Amount(Whole().Match(subject).Groups[1]));

    void Add(string place, int user, string logId, DateTimeOffset at, (decimal Price, decimal? Was)? prices) =>
        all.Add(new ToldPrice(all.Count + 1, place, user, logId, at, prices!.Value.Price, prices.Value.Was));

    /// <summary>The prices of a webhook's only listing; null when it has none.</summary>
    static (decimal Price, decimal? Was)? PricesOf(JsonElement body) =>
        body.GetProperty("searches").EnumerateArray().SelectMany(search => search.GetProperty("listings").EnumerateArray()).Select(listing =>
            ((decimal, decimal?)?)(Value(listing.GetProperty("price")), listing.TryGetProperty("previousPrice", out var was) ? Value(was) : null)).SingleOrDefault();

    static decimal Value(JsonElement money) => money.GetProperty("value").GetDecimal();

    static (decimal Price, decimal? Was)? PricesIn(string text) => Price().Match(text) is { Success: true } found
        ? (Amount(found.Groups[1]), found.Groups[2].Success ? Amount(found.Groups[2]) : null)
        : null;

    /// <summary>All texts of a document, without what escapes their signs.</summary>
    static string TextOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => string.Join('\n', element.EnumerateObject().Select(property => TextOf(property.Value))),
        JsonValueKind.Array => string.Join('\n', element.EnumerateArray().Select(TextOf)),
        JsonValueKind.String => element.GetString()!.Replace("\\", "", StringComparison.Ordinal),
        _ => "",
    };

    static decimal Amount(Group group) => decimal.Parse(group.Value, NumberStyles.Number, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\$([\d,]+\.\d\d)(?: \(was \$([\d,]+\.\d\d)\))?")]
    private static partial Regex Price();

    [GeneratedRegex(@"\$([\d,]*\d)")]
    private static partial Regex Whole();
}
