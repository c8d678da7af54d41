namespace Alerts.Accounts;

/// <summary>What became of one piece of news for one person.</summary>
public enum Outcome
{
    /// <summary>A mail named it within the person's interval.</summary>
    InTime,

    /// <summary>A mail named it later, after a fault of eBay, the mail server or this service.</summary>
    LateByFault,

    /// <summary>A mail named it later because the person wanted so: digest, quiet hours, snooze, a limit of mails.</summary>
    Waited,

    /// <summary>
    /// A mail named it later, and one before it said why: there was more than it had room for, with a link to all of it, or of so many
    /// that match only the cheapest are watched for drops.
    /// </summary>
    LateAsSaid,

    /// <summary>A mail named it later, and nothing says why.</summary>
    Late,

    /// <summary>No mail named it, but the page that a mail links to lists it.</summary>
    OnLinkedPage,

    /// <summary>It ended, or was not news any more, before it could be told.</summary>
    Gone,

    /// <summary>It was there to be told all the time, and no mail named it.</summary>
    Never,

    /// <summary>A mail named as news what an earlier mail had named already.</summary>
    Twice,

    /// <summary>A mail said what was not so.</summary>
    Wrongly,
}
