using System.Globalization;
using CsCheck;

namespace Alerts.Tests;

/// <summary>
/// Stands in for CsCheck's own methods, which draw others each time: the same values every time, so that a build is red or green by its
/// code alone, and others with <c>ALERTS_SEED</c>. What fails is made smaller, and thrown with its seed, by CsCheck.
/// </summary>
static class Sampling
{
    const long Usual = 100;

    static readonly uint seed = uint.TryParse(Environment.GetEnvironmentVariable("ALERTS_SEED"), CultureInfo.InvariantCulture, out var named) ? named : 1;

    public static void Sample<T>(this Gen<T> gen, Func<T, bool> holds, long iter = Usual, Func<T, string>? print = null)
    {
        var random = new PCG(1, seed);
        for (; iter > 0; iter--)
        {
            var state = random.State;
            var drawn = gen.Generate(random, null, out _);
            if (Record.Exception(() => Assert.True(holds(drawn))) is { } fault)
            {
                Check.Sample(gen, holds, seed: random.ToString(state), print: print);
                throw fault;
            }
        }
    }

    public static void Sample<T>(this Gen<T> gen, Action<T> check, long iter = Usual, Func<T, string>? print = null) => gen.Sample(
        drawn =>
        {
            check(drawn);
            return true;
        },
        iter,
        print);

    public static void Sample<T1, T2>(this Gen<(T1, T2)> gen, Func<T1, T2, bool> holds, long iter = Usual) =>
        gen.Sample(drawn => holds(drawn.Item1, drawn.Item2), iter);

    public static void Sample<T1, T2>(this Gen<(T1, T2)> gen, Action<T1, T2> check, long iter = Usual) =>
        gen.Sample(drawn => check(drawn.Item1, drawn.Item2), iter);

    public static void Sample<T1, T2, T3>(this Gen<(T1, T2, T3)> gen, Func<T1, T2, T3, bool> holds, long iter = Usual) =>
        gen.Sample(drawn => holds(drawn.Item1, drawn.Item2, drawn.Item3), iter);

    public static void Sample<T1, T2, T3>(this Gen<(T1, T2, T3)> gen, Action<T1, T2, T3> check, long iter = Usual) =>
        gen.Sample(drawn => check(drawn.Item1, drawn.Item2, drawn.Item3), iter);

    public static void Sample<T1, T2, T3, T4, T5>(this Gen<(T1, T2, T3, T4, T5)> gen, Action<T1, T2, T3, T4, T5> check, long iter = Usual) =>
        gen.Sample(drawn => check(drawn.Item1, drawn.Item2, drawn.Item3, drawn.Item4, drawn.Item5), iter);

    public static async Task SampleAsync<T>(this Gen<T> gen, Func<T, Task<bool>> holds, long iter = Usual)
    {
        var random = new PCG(1, seed);
        for (; iter > 0; iter--)
        {
            var state = random.State;
            var drawn = gen.Generate(random, null, out _);
            Assert.True(await holds(drawn), $"ALERTS_SEED={seed}, CsCheck's seed {random.ToString(state)}: {Check.Print(drawn)}");
        }
    }

    public static Task SampleAsync<T>(this Gen<T> gen, Func<T, Task> check, long iter = Usual) => gen.SampleAsync(
        async drawn =>
        {
            await check(drawn);
            return true;
        },
        iter);
}
