using System.Text.Json.Nodes;

namespace Alerts.Gateway.Admin;

/// <summary>A user's row in the store.</summary>
/// <param name="UserId">The user.</param>
/// <param name="State">What is stored, without secrets. Its form belongs to the release.</param>
public sealed record StoredUser(string UserId, JsonNode State);
