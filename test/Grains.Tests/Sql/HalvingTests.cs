using Alerts.Sql;
using CsCheck;

namespace Alerts.Tests.Sql;

public class HalvingTests
{
    /// <summary>Rows below zero are refused, as a database refuses a value: with all that is in the statement.</summary>
    [Fact]
    public Task All_rows_but_the_refused_are_written_once() => Gen.Int[-3, 30].Array[0, 200].SampleAsync(async rows =>
    {
        var (written, refused) = (new List<int>(), new List<int>());

        await Halving.WriteAsync(
            rows,
            part =>
            {
                if (part.Any(row => row < 0))
                    throw new FormatException("A value of this statement is refused.");
                written.AddRange(part);
                return Task.CompletedTask;
            },
            fault => fault is FormatException,
            (row, _) => refused.Add(row));

        Assert.Equal(rows.Where(row => row >= 0), written);
        Assert.Equal(rows.Where(row => row < 0), refused);
    });

    [Fact]
    public async Task One_bad_row_of_a_thousand_costs_a_few_statements()
    {
        var statements = 0;

        await Halving.WriteAsync(
            [.. Enumerable.Range(0, 1_000)],
            part => ++statements > 0 && part.Contains(617) ? throw new FormatException() : Task.CompletedTask,
            fault => fault is FormatException,
            (row, _) => Assert.Equal(617, row));

        Assert.InRange(statements, 1, 21);
    }

    [Fact]
    public Task A_fault_that_passes_is_the_callers() => Assert.ThrowsAsync<TimeoutException>(() => Halving.WriteAsync(
        [1, 2], _ => throw new TimeoutException(), fault => fault is FormatException, (row, _) => Assert.Fail($"{row} is not to blame.")));
}
