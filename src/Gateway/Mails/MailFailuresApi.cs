using Alerts.Email;
using Alerts.Gateway.Access;
using Alerts.Gateway.Requests.Operations;

namespace Alerts.Gateway.Mails;

/// <summary>What operators ask about mails.</summary>
static class MailFailuresApi
{
    public static void MapMailFailures(this RouteGroupBuilder v1) => v1
        .MapGet("/mails/failures", async (IGrainFactory grains, TimeProvider clock) => new MailFailures(await DeliveryFailures.OfAllSilosAsync(grains, clock.GetUtcNow())))
        .WithTags("Operations")
        .Named("listMailFailures", $"The newest {DeliveryFailures.Limit} attempts, of all silos, to send a mail that the mail server did not take: its words, without addresses. Each silo keeps its last {DeliveryFailures.Limit} in memory, until it stops.")
        .RequireAuthorization(AccessPolicies.Administrators);
}
