using Alerts.Mail.Templates;
using Alerts.State;
using Alerts.State.Notifications;
using static Alerts.Tests.Mail.Mails;

namespace Alerts.Tests.Mail;

public class MailBudgetTests
{
    [Fact]
    public void With_little_room_drops_push_out_no_new_listing()
    {
        var section = Section(
            Enumerable.Range(1, 8).Select(number => Item(number, NewsKind.PriceDrop))
                .Concat(Enumerable.Range(11, 8).Select(number => Item(number, NewsKind.New))));
        var sections = MailBudget.Of("en-US").Fit([.. Enumerable.Repeat(section, 20)]);

        Assert.Equal(20, sections.Count);
        Assert.All(sections, one => Assert.InRange(one.Items.Length, 2, 15));
        Assert.All(sections, one => Assert.InRange(
            one.Items.Count(item => item.Kind is NewsKind.PriceDrop) - one.Items.Count(item => item.Kind is NewsKind.New), 0, 1));
    }
}
