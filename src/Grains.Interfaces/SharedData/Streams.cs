namespace Alerts.SharedData;

/// <summary>Names of the stream provider and its namespaces.</summary>
public static class Streams
{
    /// <summary>The one stream provider.</summary>
    public const string Provider = "alerts";

    /// <summary>Namespace of <see cref="ProductBatch"/> events; one stream for each shard of the writer.</summary>
    public const string Products = "products";

    /// <summary>Namespace of <see cref="WatchedQueries"/> events; one stream for each shard of the users.</summary>
    public const string Settings = "settings";
}
