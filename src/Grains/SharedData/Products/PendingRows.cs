namespace Alerts.SharedData.Products;

/// <summary>
/// Counts the rows admitted to a shard's stream and not yet written, against the shard's limits. Pure. Events can be lost with a silo, so
/// the count is reset when the stream was silent for long.
/// </summary>
/// <param name="maxRows">Limit of pending listings.</param>
/// <param name="maxBytes">Limit of pending bytes.</param>
public sealed class PendingRows(int maxRows, long maxBytes)
{
    /// <summary>A stream that delivered nothing for this long has nothing left.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    long bytes;
    DateTimeOffset lastMove;

    public int Rows { get; private set; }

    /// <summary>Takes room for rows; false when there is not enough. A shard without pending rows has room for anything.</summary>
    /// <param name="rows">Listings asked for.</param>
    /// <param name="size">Their bytes.</param>
    /// <param name="now">The time.</param>
    /// <param name="isWriting">Whether a delivery is being written: then silence has no meaning.</param>
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

    /// <summary>Releases the room of rows that were written or given up.</summary>
    public void Settle(int rows, long size, DateTimeOffset now)
    {
        // A writer activated after the rows were admitted does not know of them.
        Rows = Math.Max(0, Rows - rows);
        bytes = Rows == 0 ? 0 : Math.Max(0, bytes - size);
        lastMove = now;
    }
}
