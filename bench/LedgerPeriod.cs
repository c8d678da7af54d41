namespace Alerts.Bench;

/// <summary>How the users of a <see cref="MailLedger"/> fared for a while.</summary>
/// <param name="Mails">Mails received.</param>
/// <param name="Twice">Of them, those received before under the same Message-ID.</param>
/// <param name="LeftOut">Users who were not mailed in some round.</param>
/// <param name="RoundsMissed">Rounds in which a user was not mailed, all users together.</param>
/// <param name="LongestGap">The longest time between two mails of a user.</param>
/// <param name="RecoveredAfter">From the beginning to the moment from which on every user was mailed in every round.</param>
sealed record LedgerPeriod(int Mails, int Twice, int LeftOut, int RoundsMissed, TimeSpan LongestGap, TimeSpan RecoveredAfter);
