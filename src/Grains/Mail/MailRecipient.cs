using Alerts.Settings;

namespace Alerts.Mail;

/// <param name="UserId">The user.</param>
/// <param name="Settings">The user's settings: address, language, time zone, searches.</param>
/// <param name="TokenGeneration">The user's current generation of link tokens.</param>
public sealed record MailRecipient(string UserId, UserSettings Settings, int TokenGeneration);
