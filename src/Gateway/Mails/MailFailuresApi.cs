using Alerts.Email;
using Alerts.Gateway.Access;
using Alerts.Gateway.Requests.Operations;

namespace Alerts.Gateway.Mails;

/// <summary>Operations about mails, for operators.</summary>
static class MailFailuresApi
{
    public static void MapMailFailures(this RouteGroupBuilder v1) => v1
        .MapGet("/mails/failures",
            async (IGrainFactory grains, TimeProvider clock) =>
                new MailFailures(await DeliveryFailures.OfAllSilosAsync(grains, clock.GetUtcNow())))
        .WithTags("Operations")
        .Named("listMailFailures",
            $"List the newest {DeliveryFailures.Limit} failed attempts of all silos to send a mail, with the mail server's words, without "
            + $"addresses. Each silo remembers its last {DeliveryFailures.Limit} until it stops.")
        .RequireAuthorization(AccessPolicies.Administrators);
}
