using Alerts.Configuration;
using Alerts.Mail;
using Alerts.Mail.Compose;
using Alerts.Mail.Templates;
using Alerts.State;
using Alerts.State.Notifications;
using Alerts.Texts;
using Alerts.Tokens;
using Microsoft.Extensions.Options;

namespace Alerts.Channels;

/// <summary>Turns a notification into a channel's message, in the same words as the mail. Safe for concurrent use.</summary>
public sealed class ChannelComposer(LinkTokens tokens, IOptions<AlertsOptions> alerts, IOptions<OperatorOptions> owner,
    Incarnation incarnation, TimeProvider clock)
{
    readonly string publicUrl = alerts.Value.PublicUrl.TrimEnd('/');

    /// <summary>The message for a notification in the outbox.</summary>
    public ChannelMessage Compose(MailRecipient recipient, ChannelRecord channel, Notification notification) => notification.IsAlert
        ? News(recipient, notification)
        : Confirmation(recipient, channel, notification);

    public ChannelMessage Sample(MailRecipient recipient, string id)
    {
        var texts = TextCatalogue.Of(recipient.Settings.Language);
        return new ChannelMessage
        {
            Id = id,
            At = clock.GetUtcNow(),
            Type = ChannelMessageType.Test,
            Title = texts["channel.test.title"],
            Text = texts["channel.test.text"],
            Url = $"{publicUrl}/alerts",
            UrlText = texts["channel.see"],
            Notification = new Notification { Id = id, Kind = NotificationKind.Confirmation, CreatedAt = clock.GetUtcNow() },
        };
    }

    /// <summary>Links lead to pages that ask for a sign-in, because others may read the channel too.</summary>
    ChannelMessage News(MailRecipient recipient, Notification notification)
    {
        var links = new MailLinks(tokens, publicUrl, recipient, notification.CreatedAt);
        var mail = new MailWriter(notification, recipient.Settings, links, owner.Value, alerts.Value.ReminderPeriod).Write();
        var texts = TextCatalogue.Of(mail.Language);
        var items = mail.Sections.SelectMany(section => section.Items).Take(ChannelMessage.MaxItems).Select(ItemOf).ToList();
        var rest = notification.Sections.Sum(CountOf) - items.Count;
        return new ChannelMessage
        {
            Id = incarnation.IdOf(notification.Id),
            At = clock.GetUtcNow(),
            Type = ChannelMessageType.News,
            Title = mail.Subject,
            Items = items,
            More = rest > 0 ? texts.Count("mail.more", rest) : null,
            Url = notification.Sections is [var only] ? $"{publicUrl}/alerts/{only.SearchId}" : $"{publicUrl}/alerts",
            UrlText = texts["channel.see"],
            Notification = notification,
        };

        int CountOf(NotificationSection section) => notification.Kind is NotificationKind.EveryCheck || section.IsFirst
            ? Math.Max(section.Total, section.Items.Length)
            : section.Items.Length + section.Omitted;
    }

    ChannelMessage Confirmation(MailRecipient recipient, ChannelRecord channel, Notification notification)
    {
        var texts = TextCatalogue.Of(recipient.Settings.Language);
        var token = tokens.Issue(LinkPurpose.Channel, recipient.UserId, recipient.TokenGeneration,
            channel.Id, channel.Code, channel.CodeAt);
        return new ChannelMessage
        {
            Id = incarnation.IdOf(notification.Id),
            At = clock.GetUtcNow(),
            Type = ChannelMessageType.Confirmation,
            Title = texts["channel.confirm.title"],
            Text = texts["channel.confirm.text"],
            Url = $"{publicUrl}/channels/{token}",
            UrlText = texts["channel.confirm.link"],
            Notification = notification,
        };
    }

    static ChannelItem ItemOf(MailItem item)
    {
        var price = item.PriceNote is null ? item.Price : $"{item.Price} ({item.PriceNote})";
        string?[] parts = [item.Badge, price, item.Details.Length == 0 ? null : item.Details];
        return new ChannelItem(
            item.Title.ReplaceLineEndings(" "), item.Url, string.Join(" · ", parts.OfType<string>()).ReplaceLineEndings(" "),
                item.ImageUrl);
    }
}
