using Alerts.Email;
using Alerts.Mail;
using Alerts.Mail.Log;
using Alerts.Outbox;
using Alerts.Runs;
using Alerts.State;
using Alerts.State.Notifications;

namespace Alerts.Users.Mails;

/// <summary>Sends a user's mails and keeps track of those that wait.</summary>
public sealed class UserMails(MailSender sender, DeliveryLog log, DeliveryFailures failures, RunAdmission admission, RunMetrics metrics)
{
    public DeliveryLog Log => log;

    /// <summary>Sends one mail once. <paramref name="isWanted"/> is asked when the mail's turn has come.</summary>
    public Task<DeliveryResult> SendAsync(string userId, UserState user, OutboxEntry entry, Func<bool> isWanted,
        CancellationToken cancellationToken)
    {
        var settings = entry.Address is { } address ? user.Settings with { Email = address } : user.Settings;
        return admission.Mails.ObserveAsync(
            () => sender.SendAsync(new MailRecipient(userId, settings, user.TokenGeneration), entry, isWanted, cancellationToken),
            failed: answer => answer is DeliveryResult.Deferred);
    }

    /// <summary>The ids of those mails in the outbox that were sent already.</summary>
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

    /// <summary>Notes a change: a mail that no longer waits for the mail server is removed from the list of waiting mails.</summary>
    public void Changed(UserState? before, UserState? after)
    {
        foreach (var id in before is null ? [] : Delivery.Ended(before, after))
            failures.Settle(id);
        if (before?.Status is not (null or UserStatus.Suppressed) && after?.Status is UserStatus.Suppressed)
            metrics.Suppressed();
    }

    /// <summary>Notes an attempt. If the user unsubscribed, paused or replaced the mail meanwhile, it waits for no other attempt.</summary>
    public void Tried(UserState? user, OutboxEntry entry)
    {
        if (!Delivery.WaitsForServer(user, entry.Notification.Id))
            failures.Settle(entry.Notification.Id);
    }
}
