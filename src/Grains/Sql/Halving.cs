namespace Alerts.Sql;

/// <summary>
/// Writes rows together. If the database refuses them permanently, each half is tried, until the one bad row is found and set aside.
/// </summary>
public static class Halving
{
    /// <summary>Writes a part. Refused rows are set aside; all others are written.</summary>
    /// <param name="write">Writes a part, as a whole or not at all.</param>
    /// <param name="halves">Two or more smaller parts; one when the part cannot be divided.</param>
    /// <param name="refuses">Whether a fault is about the values.</param>
    /// <param name="setAside">Gets the row that the database refuses.</param>
    public static async Task WriteAsync<T>(
        T part, Func<T, Task> write, Func<T, IEnumerable<T>> halves, Func<Exception, bool> refuses, Action<T, Exception> setAside)
    {
        try
        {
            await write(part);
        }
        catch (Exception fault) when (refuses(fault))
        {
            var smaller = halves(part).ToList();
            if (smaller.Count < 2)
            {
                setAside(part, fault);
                return;
            }

            foreach (var half in smaller)
                await WriteAsync(half, write, halves, refuses, setAside);
        }
    }

    public static Task WriteAsync<T>(
        IReadOnlyList<T> rows, Func<IReadOnlyList<T>, Task> write, Func<Exception, bool> refuses, Action<T, Exception> setAside) =>
        WriteAsync(
            rows,
            write,
            part => part.Chunk(Math.Max(1, (part.Count + 1) / 2)),
            refuses,
            (part, fault) => setAside(part[0], fault));
}
