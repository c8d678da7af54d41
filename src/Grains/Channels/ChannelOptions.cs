using System.ComponentModel.DataAnnotations;

namespace Alerts.Channels;

/// <summary>Channels beside mail, section <c>Alerts:Channels</c>.</summary>
public sealed class ChannelOptions : IValidatableObject
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Alerts:Channels";

    /// <summary>
    /// Whether channels may connect to this machine, by <c>http</c> too. For demonstrations and tests only: everybody who may enrol could
    /// then reach the services that listen here.
    /// </summary>
    public bool AllowLoopback { get; set; }

    /// <summary>
    /// The most messages sent to channels at once in one silo, 1 to 10,000. The others wait, and delay no mail and no check.
    /// </summary>
    [Range(1, 10_000)]
    public int MaxConcurrent { get; set; } = 128;

    /// <summary>The most messages sent at once to one host in one silo, 1 to 1,000. A slow host delays only its own messages.</summary>
    [Range(1, 1_000)]
    public int MaxConcurrentPerHost { get; set; } = 16;

    /// <summary>Token of this service's bot, from @BotFather; without it Telegram is off.</summary>
    public string? TelegramToken { get; set; }

    /// <summary>User name of the bot, without the @; needed with <see cref="TelegramToken"/>.</summary>
    public string? TelegramName { get; set; }

    /// <summary>Base address of Telegram's bot API.</summary>
    [Required, Url]
    public string TelegramUrl { get; set; } = "https://api.telegram.org";

    /// <summary>
    /// Private key (VAPID) that signs messages to browsers: base64url of the 32 bytes of a key of P-256; without it there is no Web Push.
    /// With another key all browsers have to subscribe again.
    /// </summary>
    public string? WebPushKey { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        WebPushKey is null || WebPush.WebPushKey.IsPrivate(WebPushKey)
            ? []
            : [new ValidationResult("The key must be base64url of the 32 bytes of a private key of P-256.", [nameof(WebPushKey)])];
}
