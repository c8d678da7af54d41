using Alerts.Email;
using Alerts.Mail.Log;

namespace Alerts.Gateway.Mails;

/// <summary>What mail servers answered about mails to one user, of what the silos remember.</summary>
sealed class MailTrouble(IGrainFactory grains, TimeProvider clock)
{
    /// <summary>Newest first; null when not every silo answered; what stands beside it is still useful.</summary>
    public async Task<IReadOnlyList<DeliveryFailure>?> OfUserAsync(string id)
    {
        try
        {
            return [.. (await DeliveryFailures.OfAllSilosAsync(grains, clock.GetUtcNow())).Where(failure => failure.UserId == id)];
        }
        catch (Exception fault) when (fault is StoreUnavailableException or OrleansException or TimeoutException)
        {
            return null;
        }
    }
}
