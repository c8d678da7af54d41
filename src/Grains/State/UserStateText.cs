using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Alerts.State.Notifications;

namespace Alerts.State;

/// <summary>A user's row as an operator reads it: JSON without what would let somebody in.</summary>
public static class UserStateText
{
    static readonly JsonSerializerOptions forPeople = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static readonly HashSet<string> secrets = new(StringComparer.OrdinalIgnoreCase)
    {
        nameof(WebSession.KeyHash), nameof(UserState.FeedKey), nameof(ChannelRecord.Protected), nameof(ChannelRecord.Code),
            nameof(Notification.SignIn),
    };

    /// <summary>The row as text.</summary>
    /// <param name="row">The row.</param>
    /// <param name="json">How rows are written.</param>
    public static string Of(UserRecord row, JsonSerializerOptions json)
    {
        var node = JsonSerializer.SerializeToNode(row, json)!;
        HideSecrets(node);
        return node.ToJsonString(forPeople);
    }

    static void HideSecrets(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
                HideSecrets(item);
        }
        else if (node is JsonObject members)
        {
            foreach (var (name, value) in members.ToList())
            {
                if (value is not null && secrets.Contains(name))
                    members[name] = "(secret)";
                else
                    HideSecrets(value);
            }
        }
    }
}
