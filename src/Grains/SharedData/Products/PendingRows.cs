namespace Alerts.SharedData.Products;

/// <summary>
/// What was admitted to a shard's stream and is not written yet, against the shard's limits. Pure.
/// An event can be lost with a silo, so the count is forgotten when the stream has long been silent.
/// </summary>
/// <param name="maxRows">Most listings pending.</param>
/// <param name="maxBytes">Most bytes pending.</param>
public sealed class PendingRows(int maxRows, long maxBytes)
{
    /// <summary>A stream that has delivered nothing for this long has nothing left to deliver.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    long bytes;
    DateTimeOffset lastMove;

    /// <summary>Listings pending.</summary>
    public int Rows { get; private set; }

    /// <summary>Whether there is room; then it is taken. A shard without anything pending has room for anything.</summary>
    /// <param name="rows">Listings asked for.</param>
    /// <param name="size">Their bytes.</param>
    /// <param name="now">The time.</param>
    /// <param name="isWriting">Whether a delivery is being written: then silence means nothing.</param>
    public bool TryAdmit(int rows, long size, DateTimeOffset now, bool isWriting)
    {
        if (!isWriting && now - lastMove > Silence)
            (Rows, bytes) = (0, 0);
        if (Rows > 0 && (Rows + rows > maxRows || bytes + size > maxBytes))
            return false;
        if (Rows == 0)
            lastMove = now;
        Rows += rows;
        bytes += size;
        return true;
    }

    /// <summary>Takes note that so much was written, or was given up.</summary>
    public void Settle(int rows, long size, DateTimeOffset now)
    {
        // A writer activated after the admission knows nothing of it.
        Rows = Math.Max(0, Rows - rows);
        bytes = Rows == 0 ? 0 : Math.Max(0, bytes - size);
        lastMove = now;
    }
}
