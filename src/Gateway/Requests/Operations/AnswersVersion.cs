namespace Alerts.Gateway.Requests.Operations;

/// <summary>Tells the API document that an answer has the version of the settings as its ETag.</summary>
sealed class AnswersVersion
{
    public static readonly AnswersVersion Instance = new();
}
