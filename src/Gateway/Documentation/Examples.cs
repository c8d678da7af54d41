using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace Alerts.Gateway.Documentation;

/// <summary>
/// An example request and answer for every operation, by its id. Tests send the requests and compare the shape of the answers.
/// </summary>
static class Examples
{
    const string EventStream = "text/event-stream";

    public const string UserId = "u-3f1c8a90b2d54e67a1c2d3e4f5061728";
    public const string SearchId = "s-0a1b2c3d";

    public const string NotificationId = $"{UserId}.4";

    public const string ChannelId = "c-5e6f7a8b";

    const string Channel = $$"""
        { "id": "{{ChannelId}}", "kind": "webhook", "name": "My server", "state": "active", "target": "hooks.example",
        "createdAt": "2026-03-02T09:00:00+00:00",
          "lastAcceptedAt": "2026-03-02T09:10:00+00:00" }
        """;
    const string NewChannel = """{ "kind": "webhook", "name": "My server", "url": "https://hooks.example/alerts" }""";
    const string Feed = $$"""
        { "url": "https://alerts.example.org/feeds/eyJhbGciOiJIUzI1NiJ9.eyJhdWQiOiJmZWVkIn0.c2lnbmF0dXJl",
        "searches": [ { "searchId": "{{SearchId}}",
          "phrase": "iphone 13", "url": "https://alerts.example.org/feeds/eyJhbGciOiJIUzI1NiJ9.eyJhdWQiOiJmZWVkIn0.b3RoZXI" } ] }
        """;
    const string Rules =
        """
        { "newListings": true, "dropPercent": 5, "minimumChange": 1, "rearmPercent": 100, "cooldownHours": 24, "priceRises": false,
          "unknownShipping": "include", "endingWithinMinutes": 30, "maxBids": 5, "bidAtOrBelow": 150 }
        """;
    const string SearchFields = $$"""
        "phrase": "iphone 13", "marketplace": "EBAY_US", "price": { "min": 50, "max": 400, "currency": "USD" }, "conditions": ["USED"],
        "buyingOptions": ["FIXED_PRICE", "AUCTION"], "freeShipping": false, "sellers": [], "excludeSellers": [], "excludeWords": ["case"],
        "rules": {{Rules}}, "paused": false,
        "conditionIds": [], "aspects": [], "watch": "everything",
        "seller": { "minPercent": 98, "minRatings": 50, "include": [], "exclude": ["shop1"] }, "includeWords": ["128gb", "256gb"]
        """;
    const string NewSearch = $$"""{ {{SearchFields}} }""";
    const string Search = $$"""{ "id": "{{SearchId}}", {{SearchFields}} }""";
    const string Settings = $$"""
        "email": "ann@example.org", "frequencyMinutes": 10, "notify": "changes", "digestHour": 8, "timeZone": "Europe/Berlin",
        "quietHours": { "from": 22, "to": 7 }, "language": "en-US", "insights": true, "insightPeriod": "weekly", "insightHour": 9,
        "mailsPerDay": 0, "minutesBetweenMails": 10
        """;
    const string NewUser = """
        { "email": "ann@example.org", "frequencyMinutes": 2, "timeZone": "Europe/Berlin",
          "searches": [ { "phrase": "iphone 13", "price": { "min": 50, "max": 400, "currency": "USD" }, "conditions": ["USED"],
          "excludeWords": ["case"] } ] }
        """;
    const string User = $$"""
        { "id": "{{UserId}}", "status": "active", "nextRun": "2026-03-02T09:10:00+00:00", "createdAt": "2026-03-02T09:00:00+00:00",
        {{Settings}}, "searches": [ {{Search}} ] }
        """;
    const string PausedUser = $$"""
        { "id": "{{UserId}}", "status": "paused", "createdAt": "2026-03-02T09:00:00+00:00", {{Settings}}, "searches": [ {{Search}} ] }
        """;
    const string SnoozedUser = $$"""
        { "id": "{{UserId}}", "status": "snoozed", "nextRun": "2027-01-02T08:00:00+00:00", "createdAt": "2026-03-02T09:00:00+00:00",
        "snoozedUntil": "2027-01-02T08:00:00+00:00", {{Settings}}, "searches": [ {{Search}} ] }
        """;
    const string Listing = """
        { "itemId": "v1|110588332211|0", "listingNumber": 110588332211, "title": "Apple iPhone 13 128GB Blue", "price": { "value": 189.00,
        "currency": "USD" },
          "sellerPrice": { "value": 189.00, "currency": "USD" }, "condition": "Used", "buyingOptions": ["FIXED_PRICE"],
          "url": "https://www.ebay.com/itm/110588332211",
          "imageUrl": "https://i.ebayimg.com/images/g/1/s-l225.jpg", "shipping": { "value": 0, "currency": "USD" }, "country": "US",
          "hasVariations": false }
        """;

    const string Notified = $$"""
        { "searchId": "{{SearchId}}", "phrase": "iphone 13", "marketplace": "EBAY_US", "fetchedAt": "2026-03-02T09:10:00+00:00",
        "total": 120, "omitted": 0,
          "listings": [ { "reason": "new", "itemId": "v1|110588332211|0", "title": "Apple iPhone 13 128GB Blue",
          "url": "https://www.ebay.com/itm/110588332211",
          "price": { "value": 189.00, "currency": "USD" }, "sellerPrice": { "value": 189.00, "currency": "USD" } } ] }
        """;

    public const string Webhook = $$"""
        { "type": "alerts.news", "id": "{{UserId}}.4.{{ChannelId}}", "timestamp": "2026-03-02T09:10:00+00:00",
        "title": "New: Apple iPhone 13 128GB Blue, US$189",
          "url": "https://alerts.example.org/alerts/{{SearchId}}", "searches": [ {{Notified}} ] }
        """;

    static readonly Dictionary<string, (string? Request, string? Answer)> all = new(StringComparer.Ordinal)
    {
        ["createUser"] = (NewUser, User),
        ["listUsers"] = (null, $$"""{ "items": [ {{User}} ], "next": "LTE5OTYgdS0zZjFj" }"""),
        ["getUser"] = (null, User),
        ["exportUser"] = (null, $$"""
            { "user": {{User}}, "searches": [ { "searchId": "{{SearchId}}", "phrase": "iphone 13", "marketplace": "EBAY_US",
              "fetchedAt": "2026-03-02T09:00:00+00:00",
              "ageSeconds": 42, "total": 1, "listings": [ {{Listing}} ], "lastSuccess": "2026-03-02T09:00:00+00:00",
              "nextFetch": "2026-03-02T09:02:00+00:00",
              "scope": "Everything that matches is watched: new listings and price drops." } ],
              "mails": [ { "id": "{{UserId}}.1", "kind": "firstResults", "state": "sent",
              "subject": "Your alerts are on: 1 listing for iphone 13",
              "at": "2026-03-02T09:00:01+00:00", "attempts": 1 } ],
              "sessions": [ { "id": "confirmation", "openedAt": "2026-03-02T09:00:00+00:00",
              "browser": "Mozilla/5.0 (X11; Linux x86_64)" } ],
              "channels": [ {{Channel}} ] }
            """),
        ["replaceUser"] = ($$"""{ {{Settings}}, "searches": [ {{NewSearch}} ] }""", User),
        ["patchUser"] = ("""{ "frequencyMinutes": 10, "quietHours": { "from": 22, "to": 7 } }""", User),
        ["deleteUser"] = (null, null),
        ["pauseUser"] = (null, PausedUser),
        ["resumeUser"] = (null, User),
        ["snoozeUser"] = ("""{ "until": "2027-01-02T08:00:00Z" }""", SnoozedUser),
        ["rotateToken"] = (null, """{ "manageToken": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJhdWQiOiJtYW5hZ2Ui.c2lnbmF0dXJl" }"""),
        ["listSearches"] = (null, $$"""{ "items": [ {{Search}} ] }"""),
        ["addSearch"] = ("""{ "phrase": "(ipad, galaxy tab) 128gb", "marketplace": "EBAY_DE", "rules": { "priceAtOrBelow": 150 } }""",
            Search),
        ["orderSearches"] = ($$"""[ "{{SearchId}}" ]""", $$"""{ "items": [ {{Search}} ] }"""),
        ["getSearch"] = (null, Search),
        ["replaceSearch"] = (NewSearch, Search),
        ["patchSearch"] = ("""{ "price": { "max": 300 }, "excludeWords": ["case", "cover"] }""", Search),
        ["deleteSearch"] = (null, null),
        ["listResults"] = (null, $$"""
            { "items": [ { "searchId": "{{SearchId}}", "phrase": "iphone 13", "marketplace": "EBAY_US",
              "fetchedAt": "2026-03-02T09:00:00+00:00", "ageSeconds": 42,
              "total": 1, "listings": [ {{Listing}} ], "lastSuccess": "2026-03-02T09:00:00+00:00", "nextFetch": "2026-03-02T09:02:00+00:00",
              "scope": "Everything that matches is watched: new listings and price drops." } ] }
            """),
        ["listNotifications"] = (null, $$"""
            { "items": [ { "id": "{{UserId}}.1", "kind": "firstResults", "state": "sent",
              "subject": "Your alerts are on: 1 listing for iphone 13", "at": "2026-03-02T09:00:01+00:00", "attempts": 1 } ] }
            """),
        ["getNotification"] = (null, $$"""
            { "id": "{{NotificationId}}", "kind": "changes", "state": "sent", "subject": "New: Apple iPhone 13 128GB Blue, US$189",
              "at": "2026-03-02T09:10:01+00:00",
              "attempts": 1, "itemIds": [ "v1|110588332211|0" ], "searches": [ {{Notified}} ], "contentUntil": "2026-03-02T15:10:00+00:00" }
            """),
        ["listChecks"] = (null, """
            { "status": "active", "items": [
              { "from": "2026-03-02T09:02:00+00:00", "to": "2026-03-02T11:58:00+00:00", "count": 89, "result": "nothingNew" },
              { "from": "2026-03-02T09:00:00+00:00", "to": "2026-03-02T09:00:00+00:00", "count": 1, "result": "notified" } ] }
            """),
        ["listChannels"] = (null, $$"""{ "items": [ {{Channel}} ] }"""),
        ["addChannel"] = (NewChannel, $$"""
            { "id": "{{ChannelId}}", "kind": "webhook", "name": "My server", "state": "unconfirmed", "target": "hooks.example",
              "createdAt": "2026-03-02T09:00:00+00:00",
              "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" }
            """),
        ["getChannel"] = (null, Channel),
        ["replaceChannel"] = ("""{ "kind": "webhook", "name": "My server" }""", Channel),
        ["deleteChannel"] = (null, null),
        ["testChannel"] = (null, """{ "accepted": false, "reason": "503 Service Unavailable" }"""),
        ["listDeliveries"] = (null, $$"""
            { "items": [ { "id": "{{UserId}}.4.{{ChannelId}}", "kind": "changes", "state": "sent",
              "subject": "New: Apple iPhone 13 128GB Blue, US$189",
              "at": "2026-03-02T09:10:00+00:00", "attempts": 1 } ] }
            """),
        ["getFeed"] = (null, Feed),
        ["renewFeed"] = (null, Feed),
        ["deleteFeed"] = (null, null),
        ["listMailFailures"] = (null, $$"""
            { "items": [ { "at": "2026-03-02T09:00:01+00:00", "userId": "{{UserId}}", "notificationId": "{{UserId}}.2", "kind": "changes",
              "attempt": 1,
              "isFinal": false, "reason": "450 4.2.1 Greylisted, try again later", "madeAt": "2026-03-02T09:00:00+00:00",
              "isWaiting": true } ] }
            """),
        ["liftSuppressions"] = ("{ \"from\": \"2026-03-01T18:00:00Z\", \"to\": \"2026-03-02T06:00:00Z\" }",
            "{ \"lifted\": 12, \"more\": false }"),
        ["listAudit"] = (null, """
            { "items": [ { "at": "2026-03-02T09:00:00+00:00", "actor": "shop", "action": "DELETE /v1/users/{id}",
              "subject": "p-0a1b2c3d4e5f60718293a4b5c6d7e8f9",
              "status": 204, "requestId": "0HNQ9C2DQT45J:00000001" } ] }
            """),
        ["getUserStory"] = (null, $$"""
            { "user": {{User}},
              "checks": { "status": "active", "items": [
                { "from": "2026-03-02T09:02:00+00:00", "to": "2026-03-02T11:58:00+00:00", "count": 89, "result": "nothingNew" } ] },
              "mails": [ { "id": "{{UserId}}.1", "kind": "firstResults", "state": "sent",
              "subject": "Your alerts are on: 1 listing for iphone 13",
                "at": "2026-03-02T09:00:01+00:00", "attempts": 1 } ],
              "failures": [], "channels": [ {{Channel}} ],
              "audit": [ { "at": "2026-03-02T09:00:00+00:00", "actor": "shop", "action": "PATCH /v1/users/{id}",
              "subject": "p-0a1b2c3d4e5f60718293a4b5c6d7e8f9",
                "status": 200, "requestId": "0HNQ9C2DQT45J:00000001" } ] }
            """),
        ["liftSuppression"] = (null, "{ \"lifted\": 1, \"more\": false }"),
        ["retryMails"] = (null, "{ \"retried\": 1 }"),
        ["getStoredUser"] = (null,
            $$"""{ "userId": "{{UserId}}", "state": { "User": { "Version": 1, "Status": "Active", "LastNotification": 1 } } }"""),
        ["importUser"] = (
            $$"""{ "status": "paused", "createdAt": "2026-03-02T09:00:00+00:00", {{Settings}}, "searches": [ {{Search}} ] }""",
            $$"""{ "id": "{{UserId}}", "added": true }"""),
        ["getDiagnosis"] = (null, """
            { "at": "2026-03-02T09:00:00+00:00", "findings": [ { "isWell": true, "what": "eBay gives tokens.", "advice": "" },
              { "isWell": false, "what": "example.org has no DMARC record.", "advice": "Publish a TXT record at _dmarc.example.org." } ] }
            """),
        ["listSearchCosts"] = (null, """
            { "items": [ { "queryId": "3f1c8a90b2d54e67a1c2d3e4f5061728", "marketplace": "EBAY_US", "query": "EBAY_US?q=iphone+13",
              "callsPerDay": 720, "intervalSeconds": 120,
              "users": 400, "fetchedAt": "2026-03-02T09:00:00+00:00" } ] }
            """),
        ["listenToEvents"] = (null,
            $$""" "event: settings\ndata: {\"user\":\"{{UserId}}\",\"at\":\"2026-03-02T09:00:00+00:00\","""
            + """\"version\":2,\"status\":\"active\"}\nid: 12-345\n\n" """),
        ["listKeys"] = (null, """{ "items": [ { "name": "shop", "scope": "enrol", "lastUsed": "2026-03-02T09:00:00+00:00" } ] }"""),
        ["getCluster"] = (null, """
            { "missing": [], "silos": [ { "name": "Silo_1", "address": "10.0.0.5:11111@143856000", "status": "active",
              "startedAt": "2026-03-02T08:00:00+00:00", "lastAliveAt": "2026-03-02T08:59:45+00:00" } ],
              "activations": [ { "grain": "UserGrain", "count": 1200 } ], "shards": [ { "number": 0, "users": 3, "fullestSecond": 1,
              "usersPerSecond": [ 1, 0, 1, 1, 0 ] } ],
              "writers": [ { "shard": 0, "rowsWritten": 91000, "rowsPending": 0, "batchesRefused": 0,
              "lastWriteAt": "2026-03-02T09:00:00+00:00", "lagSeconds": 0.2 } ],
              "quota": { "left": 3100, "limit": 5000, "dayEndsAt": "2026-03-03T08:00:00+00:00", "searches": 40 },
              "mails": { "failedLastHour": 0, "givenUpLastHour": 0 } }
            """),
        ["parseSearchLink"] = (
            """{ "url": "https://www.ebay.com/sch/i.html?_nkw=iphone+13+-case&_udlo=50&_udhi=400&LH_ItemCondition=4&LH_BIN=1&_sop=10" }""",
            $$"""
            { "search": {{NewSearch}},
              "notTakenOver": [ { "parameter": "_sop", "reason": "eBay is always asked by price and by newest." } ] }
            """),
        ["previewSearch"] = (NewSearch, $$"""
            { "fetchedAt": "2026-03-02T09:00:00+00:00", "total": 1, "listings": [ {{Listing}} ],
              "subject": "Your alerts are on: 1 listing for iphone 13", "html": "<!DOCTYPE html>…", "text": "iphone 13 …",
              "scope": "Everything that matches is watched: new listings and price drops." }
            """),
        ["getProduct"] = (null, """
            { "itemId": "v1|110588332211|0", "listingNumber": 110588332211, "title": "Apple iPhone 13 128GB Blue",
              "price": { "value": 189.00, "currency": "USD" },
              "sellerPrice": { "value": 189.00, "currency": "USD" }, "priceSince": "2026-03-02T09:00:00+00:00", "condition": "Used",
              "marketplace": "EBAY_US",
              "url": "https://www.ebay.com/itm/110588332211", "buyingOptions": ["FIXED_PRICE"], "firstSeen": "2026-03-02T09:00:00+00:00",
              "lastSeen": "2026-03-02T09:10:00+00:00" }
            """),
        ["listPrices"] = (null, """
            { "itemId": "v1|110588332211|0", "points": [ { "at": "2026-03-02T09:00:00Z", "price": { "value": 189.00,
              "currency": "USD" } } ], "total": 1 }
            """),
    };

    /// <summary>Adds the operation's examples, if there are any.</summary>
    public static void Add(OpenApiOperation operation, string mediaType)
    {
        if (!all.TryGetValue(operation.OperationId ?? "", out var example))
            return;
        if (example.Request is { } request)
        {
            foreach (var media in operation.RequestBody!.Content!.Values)
                media.Example = JsonNode.Parse(request);
        }

        if (example.Answer is not { } answer)
            return;
        foreach (var (status, response) in operation.Responses!)
        {
            if (status[0] == '2'
                && (response.Content?.TryGetValue(mediaType, out var media) is true
                    || response.Content?.TryGetValue(EventStream, out media) is true))
                media.Example = JsonNode.Parse(answer);
        }
    }

    /// <summary>An example of an error.</summary>
    public static JsonNode Problem(int status)
    {
        var problem = new JsonObject
        {
            ["type"] = "https://tools.ietf.org/html/rfc9110#section-15",
            ["title"] = ReasonPhrases.GetReasonPhrase(status),
            ["status"] = status,
            ["requestId"] = "0HNQ9C2DQT45J:00000001",
        };
        if (status == StatusCodes.Status400BadRequest)
        {
            problem["detail"] = "One or more fields are not valid; see errors.";
            problem["errors"] = new JsonObject { ["searches[0].phrase"] = new JsonArray(string.Create(CultureInfo.InvariantCulture,
                $"A phrase must have at most {100} characters.")) };
        }

        return problem;
    }
}
