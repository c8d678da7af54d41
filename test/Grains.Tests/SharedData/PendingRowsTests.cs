using Alerts.SharedData.Products;
using static Alerts.Tests.SharedData.SomeListing;

namespace Alerts.Tests.SharedData;

public class PendingRowsTests
{
    readonly PendingRows pending = new(maxRows: 100, maxBytes: 10_000);

    [Fact]
    public void Room_is_given_up_to_the_rows_and_again_when_some_were_written()
    {
        Assert.True(pending.TryAdmit(60, 1, Start, isWriting: false));
        Assert.True(pending.TryAdmit(40, 1, Start, isWriting: false));
        Assert.False(pending.TryAdmit(1, 1, Start, isWriting: false));

        pending.Settle(60, 1, Start);

        Assert.Equal(40, pending.Rows);
        Assert.True(pending.TryAdmit(60, 1, Start, isWriting: true));
        Assert.False(pending.TryAdmit(1, 1, Start, isWriting: true));
    }

    [Fact]
    public void Room_is_given_up_to_the_bytes()
    {
        Assert.True(pending.TryAdmit(1, 6_000, Start, isWriting: false));
        Assert.False(pending.TryAdmit(1, 4_001, Start, isWriting: false));
        Assert.True(pending.TryAdmit(1, 4_000, Start, isWriting: false));
    }

    [Fact]
    public void Anything_fits_when_nothing_is_pending() => Assert.True(pending.TryAdmit(1_000, 1_000_000, Start, isWriting: false));

    [Fact]
    public void What_was_lost_is_forgotten_when_the_stream_is_silent_but_not_while_a_delivery_is_tried()
    {
        pending.TryAdmit(100, 1, Start, isWriting: false);
        var later = Start + PendingRows.Silence + TimeSpan.FromSeconds(1);

        Assert.False(pending.TryAdmit(1, 1, later, isWriting: true));
        Assert.True(pending.TryAdmit(1, 1, later, isWriting: false));
        Assert.Equal(1, pending.Rows);
    }

    [Fact]
    public void Writing_what_an_earlier_activation_admitted_leaves_nothing_owed()
    {
        pending.Settle(50, 5_000, Start);

        Assert.Equal(0, pending.Rows);
        Assert.True(pending.TryAdmit(100, 10_000, Start, isWriting: false));
        Assert.False(pending.TryAdmit(1, 1, Start, isWriting: false));
    }
}
