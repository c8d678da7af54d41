using Alerts.Settings;

namespace Alerts.Simulations;

/// <summary>Somebody enrolled.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Settings">What was chosen.</param>
sealed record Recipient(string Id, UserSettings Settings)
{
    /// <summary>Whether mails are wanted now.</summary>
    public bool IsServed { get; set; } = true;

    /// <summary>What the person did, for the story of a failure.</summary>
    public List<string> Acts { get; } = [];

    public string Address => Settings.Email;
}
