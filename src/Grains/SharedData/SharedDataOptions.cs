using System.ComponentModel.DataAnnotations;

namespace Alerts.SharedData;

/// <summary>Settings of the shared product data, section <c>Alerts:SharedData</c>.</summary>
public sealed class SharedDataOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = AlertsOptions.Section + ":SharedData";

    /// <summary>Writers that share the products among them; default 4. The same on every silo: while two values are in use, two writers may meet at one product, which the database's locks bear.</summary>
    [Range(1, 64)]
    public int Shards { get; set; } = 4;

    /// <summary>Most listings written in one transaction; default 1,000. More come in further transactions.</summary>
    [Range(1, 2_000)]
    public int FlushRows { get; set; } = 1_000;

    /// <summary>Most bytes of listings, as estimated, written in one transaction; default 1 MiB, well under the server's <c>max_allowed_packet</c> (16 MiB on MariaDB).</summary>
    [Range(64 * 1024, 8 * 1024 * 1024)]
    public int FlushBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// Longest a writer keeps trying one delivery while the database fails, before it refuses it and the stream offers it again; default 20 seconds,
    /// under the 30 seconds Orleans waits for an answer.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:25")]
    public TimeSpan RetryTime { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Products not seen for this long are deleted, with their prices; default 30 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan KeepProducts { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Price observations older than this are deleted, except the newest of each product; default 90 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan KeepPrices { get; set; } = TimeSpan.FromDays(90);
}
