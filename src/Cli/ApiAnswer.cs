using System.Text.Json;

namespace Alerts.Cli;

/// <summary>What the service answered to one of many requests.</summary>
/// <param name="Json">The answer.</param>
/// <param name="Problem">Why it was refused; null when it was not.</param>
readonly record struct ApiAnswer(JsonElement Json, string? Problem);
