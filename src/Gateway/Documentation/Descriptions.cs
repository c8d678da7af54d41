namespace Alerts.Gateway.Documentation;

/// <summary>What the API document says of an operation below its summary: what it leads to, and what it does not.</summary>
static class Descriptions
{
    static readonly Dictionary<string, string> texts = new(StringComparer.Ordinal)
    {
        ["createUser"] =
            "The address, the frequency and one phrase are required. Where addresses are confirmed, nothing but the question is "
            + "mailed before its owner agrees, and the answer does not tell whether the address was known. With an Idempotency-Key "
            + "a repeat gets the first answer.",
        ["listUsers"] =
            "With `email` the one user of that address, otherwise a page of all, by status, frequency or kind of mail. `next` "
            + "leads to the next page.",
        ["parseSearchLink"] =
            "Hosts of eBay's sites only; the address is read and never fetched. `notTakenOver` names what of it could not be "
            + "taken over.",
        ["previewSearch"] =
            "Asks eBay as a check would, or shows the answer that is there, and stores nothing. `pace` says how often eBay would "
            + "be asked, where calls are scarce.",
        ["exportUser"] = "One JSON document, made at once from what is stored.",
        ["listMailFailures"] = "For finding out why mails do not leave: the mail server's words with the addresses taken out.",
        ["liftSuppressions"] =
            "After a fault of the own mail server that made it refuse good addresses. What is over the limit waits for the next "
            + "call.",
        ["getUserStory"] = "The failures are those that the running silos remember. Nobody is told that an operator looked.",
        ["liftSuppression"] = "The next check is made at once; `lifted` is 0 where the address was not suppressed.",
        ["retryMails"] = "Mails wait longer after each attempt that fails. What was given up is not tried: its news is told again by itself.",
        ["getStoredUser"] =
            "For finding out why the service does what it does. The form of `state` belongs to the release; programs should not rely on it.",
        ["importUser"] =
            "The body is an entry of the list of users, as `alerts export` writes it. A user who is there already stays as it is, so "
            + "an import may be repeated. What searches remember is not taken over: the first check tells what is there. With "
            + "`dryRun` nothing is written.",
        ["getDiagnosis"] = "Asked of one silo. It signs in at the mail server and sends nothing; it makes a table in each database and drops it.",
        ["listSearchCosts"] =
            "A search is shared by all users who ask the same. Calls are counted on from the pace of now; users are those of the "
            + "shared database.",
        ["listAudit"] = "Newest first. Of a user it names the id alone, also after the user is erased.",
        ["listenToEvents"] =
            "Each event has an id; `Last-Event-ID` goes on after it. Who stays away for longer than a day reads the users anew.",
        ["listKeys"] = "Keys themselves are not kept: a hash of each is in the settings.",
        ["getCluster"] = "Put together from all silos at each call: for people and dashboards, a few times a minute at most.",
        ["getUser"] = "The settings document with what the service adds. The ETag is the version to change.",
        ["replaceUser"] =
            "What the document leaves out gets its default. Fields that the service adds may come back and are ignored. Searches "
            + "that keep their id keep what they remember. Another address waits for its owner's word.",
        ["patchUser"] = "What is absent stays, null removes, an array replaces the whole array (RFC 7396).",
        ["deleteUser"] = "From the answer on nothing is checked, and nothing mailed but a goodbye. It cannot be taken back.",
        ["pauseUser"] = "What appears meanwhile and is still there is told after `resume`.",
        ["resumeUser"] = "Ends a pause or a snooze; what appeared meanwhile and is still there is told.",
        ["snoozeUser"] = "At most 366 days. The first check after it tells what appeared meanwhile and is still there.",
        ["rotateToken"] = "Every manage token of before is refused from the answer on.",
        ["listSearches"] = "The whole list; a user has at most 50.",
        ["addSearch"] = "The first answer is mailed within a minute or so. The id is given by the service.",
        ["orderSearches"] = "The body is a list of all ids. The order is that of mails and pages.",
        ["getSearch"] = "The ETag is the version of the user's settings.",
        ["replaceSearch"] =
            "What the document leaves out gets its default. Another phrase, place or filter of eBay's begins anew: its first "
            + "answer is mailed.",
        ["patchSearch"] = "What is absent stays, null removes, an array replaces the whole array (RFC 7396).",
        ["deleteSearch"] = "What it remembers goes with it. To keep that, set `paused`.",
        ["listResults"] =
            "From the last answers, and from eBay where there is none that is current. Nothing older than six hours is shown. "
            + "Looking by API counts as no notification.",
        ["listNotifications"] =
            "Those that wait come first. Sent ones are listed while the delivery log keeps them. `next` leads to the next page.",
        ["listChecks"] =
            "Checks in a row that came to the same are one entry; at most 16 entries are kept, and those since the last write "
            + "are lost in a crash.",
        ["listChannels"] = "In the order they were made, without addresses and secrets.",
        ["addChannel"] =
            "At most ten a user. It gets one question and nothing else until somebody there agrees. A webhook's secret is "
            + "answered here alone.",
        ["getChannel"] = "Its state, the host it leads to, and the last fault.",
        ["replaceChannel"] = "`url`, `secret` and `token` that are absent stay.",
        ["deleteChannel"] = "Searches that chose it alone go by mail from then on.",
        ["testChannel"] = "Waits for the channel's answer and says what it was. Limited by the hour.",
        ["listDeliveries"] = "What it took, from the delivery log, and what waits for it. `next` leads to the next page.",
        ["getFeed"] = "404 while there is no feed. Who has the address reads the feed: it is the only key.",
        ["renewFeed"] = "Without a feed one is made.",
        ["deleteFeed"] = "The address cannot be made again: another feed has another one.",
        ["getProduct"] = "From the shared products database. Nothing about sellers is kept there.",
        ["listPrices"] = "A listing's own prices only: no averages and no comparison with other offers (eBay API licence).",
    };

    /// <summary>The description of an operation; null for one that has none, which a test finds.</summary>
    public static string? Of(string? operationId) => operationId is null ? null : texts.GetValueOrDefault(operationId);
}
