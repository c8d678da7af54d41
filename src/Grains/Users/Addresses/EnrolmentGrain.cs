using Alerts.Settings;

namespace Alerts.Users.Addresses;

/// <summary>
/// Calls come one after the other, so the same request twenty times at once enrols once. What it answered is kept in memory for
/// an hour after the last call; later, the enrolled user's own state says what it was enrolled with. An enrolment that met a known
/// address leaves nothing in the store.
/// </summary>
public sealed class EnrolmentGrain : Grain, IEnrolmentGrain
{
    static readonly TimeSpan keptFor = TimeSpan.FromHours(1);
    string? answered;
    EnrolResult? answer;

    public async Task<EnrolResult?> EnrolAsync(UserSettings settings, string fingerprint)
    {
        DelayDeactivation(keptFor);
        if (answer is null)
        {
            var id = this.GetPrimaryKeyString();
            var enrolled = await GrainFactory.GetGrain<IUserGrain>(id).GetAsync();
            answered = enrolled is null ? fingerprint : enrolled.EnrolmentFingerprint;
            answer = enrolled is null
                ? await GrainFactory.GetGrain<IEmailAddressGrain>(EmailAddressKey.Of(settings.Email)).EnrolAsync(id, settings, fingerprint)
                : new EnrolResult(enrolled, Created: true);
        }

        return answered == fingerprint ? answer : null;
    }
}
