using System.Text;
using System.Text.RegularExpressions;

namespace Alerts.Tests.Texts;

/// <summary>The words that a Razor component has in its markup, outside of its code.</summary>
static partial class MarkupWords
{
    public static IReadOnlyList<string> Of(string component)
    {
        var markup = Directives.Replace(Comments.Replace(Code.Split(component)[0], ""), "");
        var plain = new StringBuilder();
        for (var at = 0; at < markup.Length;)
        {
            if (Expression.Match(markup, at) is { Success: true } expression)
                at = EndOf(markup, at + expression.Length);
            else
                plain.Append(markup[at++]);
        }

        var shown = Statements.Replace(plain.ToString(), "");
        var attributes = Attributes.Matches(shown).Select(attribute => attribute.Groups[1].Value);
        return [.. attributes.Concat(Tags.Replace(shown, "\n").Split('\n')).Select(line => line.Trim()).Where(line => Word.IsMatch(line))];
    }

    /// <summary>Where an expression ends that has begun: behind its brackets, and the members that follow them.</summary>
    static int EndOf(string text, int at)
    {
        while (at < text.Length && text[at] is '(' or '[' or '{')
        {
            var (depth, isText) = (0, false);
            do
            {
                isText ^= text[at] is '"';
                if (!isText)
                    depth += text[at] is '(' or '[' or '{' ? 1 : text[at] is ')' or ']' or '}' ? -1 : 0;
                at++;
            }
            while (depth > 0);
            at += Members.Match(text, at).Length;
        }

        return at;
    }

    [GeneratedRegex(@"^@code \{", RegexOptions.Multiline)]
    private static partial Regex Code { get; }

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.Singleline)]
    private static partial Regex Comments { get; }

    [GeneratedRegex("^@(page|namespace|inherits|inject|using|attribute|typeparam|layout).*$", RegexOptions.Multiline)]
    private static partial Regex Directives { get; }

    /// <summary>The beginning of one, up to its first bracket.</summary>
    [GeneratedRegex(@"\G@(?:(?:if|foreach|for|switch|while)\s*(?=\()|[A-Za-z_][\w.!?]*|(?=[({]))")]
    private static partial Regex Expression { get; }

    [GeneratedRegex(@"\G(?:!?\.\w+|\?\.\w+)*")]
    private static partial Regex Members { get; }

    [GeneratedRegex(@"^\s*(?:else(?: if \(.*\))?|return;|(?:var|case|default|break)\b.*)\s*$", RegexOptions.Multiline)]
    private static partial Regex Statements { get; }

    [GeneratedRegex("""\b(?:Label|Help|Title|aria-label|title|alt|placeholder)="([^"]*)(?=")""")]
    private static partial Regex Attributes { get; }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags { get; }

    [GeneratedRegex(@"\p{L}{2}")]
    private static partial Regex Word { get; }
}
