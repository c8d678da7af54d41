namespace Alerts.Gateway.Requests.Operations;

/// <summary>Metadata of an operation that calls no grain and no store, and so never answers 503.</summary>
sealed class AsksNobody
{
    public static readonly AsksNobody Instance = new();

    AsksNobody()
    {
    }
}
