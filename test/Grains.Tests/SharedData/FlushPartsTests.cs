using Alerts.SharedData.Products;
using static Alerts.Tests.SharedData.SomeListing;

namespace Alerts.Tests.SharedData;

public class FlushPartsTests
{
    [Fact]
    public void Batches_fill_parts_up_to_the_rows_and_keep_their_order()
    {
        var batches = new[] { 3, 3, 3, 4 }.Select((size, minute) => Batch(minute, Enumerable.Range(1, size).Select(number => Of(number)))).ToList();

        var parts = FlushParts.Of(batches, rows: 6, bytes: int.MaxValue).ToList();

        Assert.Equal([[batches[0], batches[1]], [batches[2]], [batches[3]]], parts);
    }

    [Fact]
    public void A_batch_larger_than_a_part_is_parted()
    {
        var batch = Batch(0, Enumerable.Range(1, 10).Select(number => Of(number)));

        var parts = FlushParts.Of([batch], rows: 3, bytes: int.MaxValue).ToList();

        Assert.All(parts, part => Assert.InRange(part.Sum(piece => piece.Listings.Length), 1, 3));
        Assert.Equal(batch.Listings, parts.SelectMany(part => part).SelectMany(piece => piece.Listings));
    }

    [Fact]
    public void Long_texts_make_parts_smaller()
    {
        var batch = Batch(0, Enumerable.Range(1, 10).Select(number => Of(number) with { Url = new('u', 10_000) }));

        var parts = FlushParts.Of([batch], rows: 1_000, bytes: 25_000).ToList();

        Assert.Equal([2, 1, 2, 2, 1, 2], parts.Select(part => part.Sum(piece => piece.Listings.Length)));
    }

    [Fact]
    public void An_empty_batch_is_kept() => Assert.Equal([[Batch(0)]], FlushParts.Of([Batch(0)], 10, 10_000).ToList(), (one, other) => one[0].ObservedAt == other[0].ObservedAt && one.Count == other.Count);
}
