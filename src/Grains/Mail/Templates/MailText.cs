using System.Text;

namespace Alerts.Mail.Templates;

/// <summary>The plain-text form of a mail. Pure.</summary>
static class MailText
{
    static readonly UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The text of a mail in UTF-8, positioned at its start.</summary>
    public static MemoryStream Render(MailModel mail)
    {
        var bytes = new MemoryStream(capacity: 8 * 1024);
        using (var text = new StreamWriter(bytes, utf8, leaveOpen: true))
            Write(mail, text);
        bytes.Position = 0;
        return bytes;
    }

    static void Write(MailModel mail, StreamWriter text)
    {
        text.WriteLine(mail.Subject);
        text.WriteLine();
        foreach (var paragraph in mail.Paragraphs)
        {
            text.WriteLine(OneLine(paragraph));
            text.WriteLine();
        }

        if (mail.Action is { } action)
        {
            Write(action, text);
            text.WriteLine();
        }

        foreach (var section in mail.Sections)
            Write(section, text);
        if (mail.Reasons.Count > 0 || mail.Links.Count > 0 || mail.Operator.Count > 0)
            text.WriteLine("--");
        foreach (var reason in mail.Reasons)
            text.WriteLine(OneLine(reason));
        foreach (var link in mail.Links)
            Write(link, text);
        foreach (var line in mail.Operator)
            text.WriteLine(OneLine(line));
    }

    static void Write(MailSection section, StreamWriter text)
    {
        text.WriteLine(OneLine(section.Heading));
        text.WriteLine(section.Summary);
        foreach (var note in section.Notes)
            text.WriteLine(note);
        text.WriteLine();
        foreach (var item in section.Items)
            Write(item, text);
        if (section.Items.Count == 0)
            text.WriteLine(section.Url);
        foreach (var link in (MailLink?[])[section.More, section.Stop])
            if (link is not null)
                Write(link, text);
        text.WriteLine();
    }

    static void Write(MailItem item, StreamWriter text)
    {
        text.Write("* ");
        if (item.Badge is not null)
            text.Write($"[{item.Badge}] ");
        text.WriteLine(ShownText.Isolate(OneLine(item.Title)));
        text.Write("  ");
        text.Write(item.Price);
        if (item.PriceNote is not null)
            text.Write($" ({item.PriceNote})");
        text.WriteLine(item.Details.Length == 0 ? "" : $" · {OneLine(item.Details)}");
        if (item.Chart is { } chart)
            text.WriteLine($"  {chart.Text}; {chart.Page.Text}: {chart.Page.Url}");
        text.Write("  ");
        text.WriteLine(item.Url);
    }

    static void Write(MailLink link, StreamWriter text)
    {
        text.Write(OneLine(link.Text));
        text.Write(": ");
        text.WriteLine(link.Url);
    }

    /// <summary>Line breaks in a seller's title are removed: otherwise it could imitate a line of ours.</summary>
    static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
