using System.Text;
using System.Text.Json;

namespace Alerts.Gateway.Requests.Json;

/// <summary>A place in a JSON text, such as <c>searches[0].phrase</c>; <c>$</c> is the whole document.</summary>
static class JsonPath
{
    /// <summary>The path of the document itself.</summary>
    public const string Root = "$";

    const int MaxNameLength = 100;

    /// <summary>The path of a member.</summary>
    public static string Member(string path, string name)
    {
        // The name may come from the caller and is repeated in the answer, so it is shortened.
        var shown = name.Length <= MaxNameLength ? name : name[..MaxNameLength] + "…";
        return path == Root ? shown : $"{path}.{shown}";
    }

    /// <summary>The path of an element.</summary>
    public static string Element(string path, int index) => path == Root ? $"[{index}]" : $"{path}[{index}]";

    /// <summary>The path of the innermost open value at the first error in the text.</summary>
    public static string OfFirstError(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = GatewayOptions.MaximumJsonDepth });
        var open = new Stack<(string Path, int NextIndex)>();
        var here = Root;
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        here = Member(open.Peek().Path, Encoding.UTF8.GetString(reader.ValueSpan));
                        continue;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        here = open.Pop().Path;
                        break;
                    case JsonTokenType.StartObject:
                        open.Push((here, -1));
                        continue;
                    case JsonTokenType.StartArray:
                        open.Push((here, 0));
                        here = Element(here, 0);
                        continue;
                }
                // A value has ended: the next one stands beside it.
                if (open.TryPop(out var parent))
                {
                    here = parent.NextIndex < 0 ? parent.Path : Element(parent.Path, parent.NextIndex + 1);
                    open.Push(parent.NextIndex < 0 ? parent : (parent.Path, parent.NextIndex + 1));
                }
            }
        }
        catch (JsonException)
        {
            // This is the expected error.
        }
        return here;
    }
}
