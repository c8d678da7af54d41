using Alerts.Email;
using Alerts.Mail;
using Alerts.Mail.Log;
using Alerts.Outbox;
using Alerts.Runs;
using Alerts.State;

namespace Alerts.Users;

/// <summary>Sends a user's mails and knows what became of them.</summary>
public sealed class UserMails(MailSender sender, DeliveryLog log, DeliveryFailures failures, RunAdmission admission, RunMetrics metrics)
{
    /// <summary>The log of mails that mail servers accepted.</summary>
    public DeliveryLog Log => log;

    /// <summary>Sends one mail once.</summary>
    /// <param name="userId">The user's id.</param>
    /// <param name="user">The user when the mail was taken up.</param>
    /// <param name="entry">The mail.</param>
    /// <param name="isWanted">Whether it may still be sent, asked when its turn has come.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<DeliveryResult> SendAsync(string userId, UserState user, OutboxEntry entry, Func<bool> isWanted, CancellationToken cancellationToken)
    {
        var settings = entry.Address is { } address ? user.Settings with { Email = address } : user.Settings;
        return admission.Mails.ObserveAsync(
            () => sender.SendAsync(new MailRecipient(userId, settings, user.TokenGeneration), entry, isWanted, cancellationToken),
            failed: answer => answer is DeliveryResult.Deferred);
    }

    /// <summary>Of what is intended, the ids of what had left.</summary>
    public async Task<IReadOnlyCollection<string>> AcceptedAsync(UserState user, CancellationToken cancellationToken)
    {
        var accepted = new List<string>();
        foreach (var entry in Delivery.Claimable(user))
        {
            if (await log.WasAcceptedAsync(entry.Notification.Id, cancellationToken))
                accepted.Add(entry.Notification.Id);
        }

        return accepted;
    }

    /// <summary>Takes note of a change: a mail that does not wait for the mail server any more is no longer listed as waiting for it.</summary>
    public void Changed(UserState? before, UserState? after)
    {
        foreach (var id in before is null ? [] : Delivery.Ended(before, after))
            failures.Settle(id);
        if (before?.Status is not (null or UserStatus.Suppressed) && after?.Status is UserStatus.Suppressed)
            metrics.Suppressed();
    }

    /// <summary>A mail was tried: unsubscribed from, paused or replaced while it was on its way, it waits for no other attempt.</summary>
    public void Tried(UserState? user, OutboxEntry entry)
    {
        if (!Delivery.WaitsForServer(user, entry.Notification.Id))
            failures.Settle(entry.Notification.Id);
    }
}
