namespace Alerts.Gateway.Requests.Operations;

/// <summary>Metadata of an operation whose answer has the version of the settings as its ETag, for the API document.</summary>
sealed class AnswersVersion
{
    public static readonly AnswersVersion Instance = new();
}
