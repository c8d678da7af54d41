using System.ComponentModel.DataAnnotations;
using Alerts.Configuration;

namespace Alerts.SharedData;

/// <summary>Settings of the shared product data, section <c>Alerts:SharedData</c>.</summary>
public sealed class SharedDataOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = AlertsOptions.Section + ":SharedData";

    /// <summary>
    /// Number of writers among which products are divided. Must be the same on every silo. During a change two writers may write one
    /// product; the database's locks allow that.
    /// </summary>
    [Range(1, 64)]
    public int Shards { get; set; } = 4;

    /// <summary>The most listings written in one transaction. Further ones come in further transactions.</summary>
    [Range(1, 2_000)]
    public int FlushRows { get; set; } = 1_000;

    /// <summary>
    /// The most bytes of listings, by estimate, written in one transaction. Keep it well under the server's <c>max_allowed_packet</c> (16
    /// MiB on MariaDB).
    /// </summary>
    [Range(64 * 1024, 8 * 1024 * 1024)]
    public int FlushBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// The longest time a batch waits in the stream before its writer takes it with all later ones. The stream's poll period.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan FlushAge { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// The most listings waiting on a shard's stream or being written. Beyond that, searches keep their listings, and their next result
    /// replaces them.
    /// </summary>
    [Range(1_000, 1_000_000)]
    public int PendingRows { get; set; } = 50_000;

    /// <summary>The most bytes, by estimate, waiting on a shard's stream or being written.</summary>
    [Range(1024 * 1024, 1024 * 1024 * 1024)]
    public long PendingBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// The longest time a writer retries one delivery while the database fails. Then it refuses the delivery, and the stream offers it
    /// again. Together with <see cref="AttemptTime"/> it must stay under the 30 seconds that Orleans waits for an answer.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:15")]
    public TimeSpan RetryTime { get; set; } = TimeSpan.FromSeconds(12);

    /// <summary>The longest time for one transaction before another attempt is made.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:12")]
    public TimeSpan AttemptTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest time a stopping silo waits for the streams to be written.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Products, search results and searches not seen for this long are deleted.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan KeepProducts { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Price observations older than this are deleted, except the newest of them, which tells the price at that moment.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan KeepPrices { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long it is known who was erased: longer than the oldest backup or export of users is kept.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan KeepErasures { get; set; } = TimeSpan.FromDays(400);

    /// <summary>How often old rows are looked for.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan RetentionPeriod { get; set; } = TimeSpan.FromHours(6);

    /// <summary>The most rows deleted in one transaction.</summary>
    [Range(1, 400)]
    public int RetentionBatch { get; set; } = 250;
}
