namespace Alerts.Mail.Templates;

/// <summary>A link and its text.</summary>
/// <param name="Url">An http or https address.</param>
public sealed record MailLink(string Text, string Url);
