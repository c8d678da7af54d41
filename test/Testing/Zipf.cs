namespace Alerts.Testing;

/// <summary>Numbers from 0 to count - 1, the first the likeliest, as often as people's searches are alike (Zipf's law, exponent 1).</summary>
public sealed class Zipf
{
    readonly double[] cumulative;
    readonly Random random;

    /// <summary>Draws from <paramref name="random"/>.</summary>
    public Zipf(int count, Random random)
    {
        this.random = random;
        cumulative = new double[count];
        var sum = 0.0;
        for (var rank = 0; rank < count; rank++)
            cumulative[rank] = sum += 1.0 / (rank + 1);
        for (var rank = 0; rank < count; rank++)
            cumulative[rank] /= sum;
    }

    /// <summary>The next number.</summary>
    public int Next()
    {
        var index = Array.BinarySearch(cumulative, random.NextDouble());
        return Math.Min(index < 0 ? ~index : index, cumulative.Length - 1);
    }
}
