using System.Text;

namespace Alerts.Email.Templates;

/// <summary>The plain-text form of a mail. Pure.</summary>
static class MailText
{
    /// <summary>Renders a model.</summary>
    public static string Render(MailModel mail)
    {
        var text = new StringBuilder(4_096).AppendLine(mail.Subject).AppendLine();
        foreach (var paragraph in mail.Paragraphs)
            text.AppendLine(OneLine(paragraph)).AppendLine();
        if (mail.Action is { } action)
            text.Append(action.Text).Append(": ").AppendLine(action.Url).AppendLine();
        foreach (var section in mail.Sections)
            Render(section, text);
        if (mail.Reasons.Count > 0 || mail.Links.Count > 0)
            text.AppendLine("--");
        foreach (var reason in mail.Reasons)
            text.AppendLine(OneLine(reason));
        foreach (var link in mail.Links)
            text.Append(link.Text).Append(": ").AppendLine(link.Url);
        return text.ToString();
    }

    static void Render(MailSection section, StringBuilder text)
    {
        text.AppendLine(OneLine(section.Heading)).AppendLine(section.Summary).AppendLine();
        foreach (var item in section.Items)
        {
            text.Append("* ");
            if (item.Badge is not null)
                text.Append('[').Append(item.Badge).Append("] ");
            text.AppendLine(OneLine(item.Title)).Append("  ").Append(item.Price);
            if (item.PriceNote is not null)
                text.Append(" (").Append(item.PriceNote).Append(')');
            text.Append(" · ").AppendLine(OneLine(item.Details));
            if (item.Chart is { } chart)
                text.Append("  ").Append(chart.Text).Append("; ").Append(chart.Page.Text).Append(": ").AppendLine(chart.Page.Url);
            text.Append("  ").AppendLine(item.Url);
        }

        if (section.More is { } more)
            text.Append(more.Text).Append(": ").AppendLine(more.Url);
        if (section.Cheapest is { } cheapest)
            text.Append(OneLine(cheapest.Text)).Append(": ").AppendLine(cheapest.Url);
        if (section.Stop is { } stop)
            text.Append(stop.Text).Append(": ").AppendLine(stop.Url);
        text.AppendLine();
    }

    /// <summary>A seller's title may hold line breaks, which would let it pose as a line of ours.</summary>
    static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
