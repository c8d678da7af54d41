namespace Alerts.Mail.Templates;

/// <summary>A link and its words.</summary>
/// <param name="Text">The words.</param>
/// <param name="Url">http or https.</param>
public sealed record MailLink(string Text, string Url);
