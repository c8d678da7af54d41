namespace Alerts.Gateway.Documentation;

/// <summary>The descriptions of operations in the API document, below their summaries.</summary>
static class Descriptions
{
    static readonly Dictionary<string, string> texts = new(StringComparer.Ordinal)
    {
        ["createUser"] =
            "The address, the frequency and one phrase are required. With confirmation, only the question is mailed before "
            + "the owner agrees, and the answer does not show whether the address was known. A repeat with the same "
            + "Idempotency-Key gets the first answer.",
        ["listUsers"] =
            "With `email`, the one user of that address; otherwise a page of users, filtered by status, frequency or kind of "
            + "mail. `next` leads to the next page.",
        ["parseSearchLink"] =
            "Only addresses of eBay's sites. The address is parsed and never fetched. `notTakenOver` names the parts that "
            + "are missing in the search.",
        ["previewSearch"] =
            "Asks eBay as a check would, or uses a current answer, and stores nothing. `pace` says how often eBay would be "
            + "asked when calls are scarce.",
        ["exportUser"] = "One JSON document, made at once from stored data.",
        ["listMailFailures"] = "Shows why mails are not accepted: the mail server's words, without addresses.",
        ["liftSuppressions"] =
            "After a fault of the own mail server that made it refuse good addresses. What is over the limit waits for the next "
            + "call.",
        ["getUserStory"] = "The failures are those that the running silos remember. Nobody is notified of the request.",
        ["liftSuppression"] = "The next check is made at once; `lifted` is 0 where the address was not suppressed.",
        ["retryMails"] =
            "Mails wait longer after each failed attempt. Mails given up are not tried; their news comes again in a later mail.",
        ["getStoredUser"] =
            "For finding out why the service does what it does. The form of `state` belongs to the release; programs should not rely on "
            + "it.",
        ["importUser"] =
            "The body is an entry of the list of users, as `alerts export` writes it. A user who is there already stays as it is, so "
            + "an import may be repeated. What searches remember is not taken over: the first check tells what is there. With "
            + "`dryRun` nothing is written.",
        ["getDiagnosis"] =
            "Asked of one silo. It signs in at the mail server and sends nothing; it makes a table in each database and drops it.",
        ["listSearchCosts"] =
            "All users with the same query share it. Calls a day are computed from the present pace; the number of users "
            + "comes from the shared database.",
        ["listAudit"] = "Newest first. About a user it has only the id, also after the user is erased.",
        ["listenToEvents"] =
            "Each event has an id; the stream continues after `Last-Event-ID`. A reader that was away for more than a day "
            + "must read all users again.",
        ["listKeys"] = "The keys themselves are not stored: the settings have a hash of each.",
        ["getCluster"] = "Collected from all silos at each call. For people and dashboards, at most a few times a minute.",
        ["getUser"] = "The settings document with the service's own fields. The ETag is the version to change.",
        ["replaceUser"] =
            "A missing field gets its default. The service's own fields are ignored. Searches that keep their id keep their "
            + "memory. A new address waits for its owner's agreement.",
        ["patchUser"] = "A missing field stays, null removes it, and an array replaces the whole array (RFC 7396).",
        ["deleteUser"] = "After the answer there are no checks, and no mails except a last one. It cannot be taken back.",
        ["pauseUser"] = "After `resume`, the user is notified of news from the pause that is still true.",
        ["resumeUser"] = "Ends a pause or a snooze. The user is notified of news from that time that is still true.",
        ["snoozeUser"] = "At most 366 days. The first check after it notifies of news from that time that is still true.",
        ["rotateToken"] = "After the answer, every earlier manage token is refused.",
        ["listSearches"] = "The whole list; a user has at most 50.",
        ["addSearch"] = "The first results are mailed within about a minute. The service gives the id.",
        ["orderSearches"] = "The body is a list of all ids. Mails and pages use this order.",
        ["getSearch"] = "The ETag is the version of the user's settings.",
        ["replaceSearch"] =
            "A missing field gets its default. A new phrase, place or filter of eBay starts with an empty memory: its first "
            + "results are mailed.",
        ["patchSearch"] = "A missing field stays, null removes it, and an array replaces the whole array (RFC 7396).",
        ["deleteSearch"] = "Its memory is deleted too. To keep it, set `paused` instead.",
        ["listResults"] =
            "From the last answers; eBay is asked when none is current. Nothing older than six hours is shown. Results read "
            + "through the API do not count as notified.",
        ["listNotifications"] =
            "Waiting mails come first. Sent ones are listed as long as the delivery log keeps them. `next` leads to the next "
            + "page.",
        ["getNotification"] =
            "Messages to a channel have ids here, too. What eBay answered is there for six hours (eBay API licence); after that, the "
            + "ids of the listings.",
        ["listChecks"] =
            "Checks in a row with the same result are one entry. At most 16 entries are kept, and those after the last write "
            + "are lost in a crash.",
        ["listChannels"] = "Oldest first, without addresses and secrets.",
        ["addChannel"] =
            "At most ten for each user. The channel gets one question, and nothing else until a reader there agrees. A "
            + "webhook's secret is returned only here.",
        ["getChannel"] = "Its state, its host, and the last fault.",
        ["replaceChannel"] = "`url`, `secret` and `token` stay when they are absent.",
        ["deleteChannel"] = "Searches that chose only this channel go by mail from then on.",
        ["testChannel"] = "Waits for the channel's answer and returns it. Limited by the hour.",
        ["listDeliveries"] = "Accepted messages from the delivery log, and waiting ones. `next` leads to the next page.",
        ["getFeed"] = "404 when there is no feed. Whoever has the address can read the feed: it is the only key.",
        ["renewFeed"] = "Makes a feed if there is none.",
        ["deleteFeed"] = "The same address cannot be made again: a new feed has a new one.",
        ["getProduct"] = "From the shared products database. It stores nothing about sellers.",
        ["listPrices"] = "Only the listing's own prices: no averages and no comparison with other offers (eBay API licence).",
    };

    /// <summary>The description of an operation; null when missing, which a test detects.</summary>
    public static string? Of(string? operationId) => operationId is null ? null : texts.GetValueOrDefault(operationId);
}
