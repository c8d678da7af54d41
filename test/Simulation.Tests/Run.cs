using System.Globalization;
using Alerts.Configuration;
using Alerts.Search;
using Alerts.Search.Quota;
using Alerts.Settings;
using Alerts.Users;

namespace Alerts.Simulations;

/// <summary>A world that moves, people who watch it, and what must hold after every step.</summary>
sealed class Run(Simulation simulation, int users, int phrases, int dailyCalls)
{
    /// <summary>The phases that the dispatcher would give the users.</summary>
    const int Phases = 4;

    static readonly TimeSpan longestSettling = TimeSpan.FromHours(4);

    readonly Random random = simulation.Random;
    readonly World world = new(simulation.Random, phrases);
    readonly List<Recipient> people = [];
    Calls last = new(new Dictionary<string, long>(), 0);
    Calls before = new(new Dictionary<string, long>(), 0);
    long window;
    long total;
    long beforeDay;
    DateTimeOffset dayEndsAt = DateTimeOffset.MinValue;
    bool isMailServerUp = true;
    readonly List<DateTimeOffset> restarts = [];
    int enrolled;
    int phase;

    public ToldNews Told { get; } = new(simulation.Mailbox);

    DateTimeOffset Now => simulation.Clock.GetUtcNow();

    public async Task BeginAsync()
    {
        world.Begin(Now, simulation.Marketplace);
        while (enrolled < users)
            await EnrolAsync();
        Check();
    }

    /// <summary>The world moves, something may go wrong, the users of the next phase are served.</summary>
    public async Task StepAsync(TimeSpan time)
    {
        if (random.Next(4) == 0)
            world.Move(random.Next(1, 4), Now, simulation.Marketplace);
        if (random.Next(10) == 0)
            simulation.Marketplace.Faults.Replace([Faults.AtMarketplace(random)]);
        if (random.Next(10) == 0)
            simulation.Mailbox.Faults.Replace([Faults.AtMailbox(random)]);
        if (random.Next(50) == 0)
            await TurnMailServerAsync();
        if (random.Next(40) == 0)
        {
            await ActAsync(people[random.Next(people.Count)]);
            // What this asked eBay for belongs to the window before the clock moves.
            CheckCalls();
        }

        var isRestart = random.Next(400) == 0;
        if (isRestart)
        {
            await simulation.TickAsync(time, Due());
            await simulation.RestartAsync();
            restarts.Add(Now);
        }
        else
        {
            await simulation.StepAsync(time, Due());
        }

        Check();
    }

    /// <summary>Everything works again and nothing changes: within hours, however often eBay and the mail server had to be asked, all is told.</summary>
    public async Task SettleAsync(TimeSpan time)
    {
        simulation.Marketplace.Faults.Clear();
        simulation.Mailbox.Faults.Clear();
        if (!isMailServerUp)
            await TurnMailServerAsync();
        foreach (var person in people.Where(person => !person.IsServed))
            await ResumeAsync(person);
        CheckCalls();
        for (var until = Now + longestSettling; Untold() is { } untold; Check())
        {
            Assert.True(Now < until, Now < until ? "" : $"{Story("was not told", untold.Person, untold.Thing)}\n{await simulation.Api.GetStringAsync($"/v1/users/{untold.Person.Id}/notifications?limit=3", simulation.Cancellation)}\n{await simulation.Api.GetStringAsync($"/v1/users/{untold.Person.Id}/results", simulation.Cancellation)}");
            await simulation.StepAsync(time, Due());
        }
    }

    /// <summary>Something on sale that somebody who watches for it was not told of, or not at so low a price; with what led to it.</summary>
    (Recipient Person, SoldThing Thing)? Untold() =>
        (from person in people
         from search in person.Settings.Searches
         from thing in world.OnSale(search.Phrase)
         let told = Told.Of(person.Address, thing.Title)
         where told.Count == 0 || told[^1].Price > thing.Price
         select ((Recipient, SoldThing)?)(person, thing)).FirstOrDefault();

    string Story(string what, Recipient person, SoldThing thing) =>
        $"""
        {person.Address} {what} by {Now:dd HH:mm:ss}.
        Checked every {person.Settings.FrequencyMinutes} minutes for {string.Join(", ", person.Settings.Searches.Select(search => search.Phrase))}.
        {thing}
        Told: {string.Join(", ", Told.Of(person.Address, thing.Title).Select(one => $"{one.Price} {one.At:dd HH:mm:ss}"))}
        Acts: {string.Join(", ", person.Acts)}
        Restarted: {string.Join(", ", restarts.Select(one => $"{one:dd HH:mm:ss}"))}
        """;

    /// <summary>What must hold after every step.</summary>
    void Check()
    {
        foreach (var (address, at, title, price) in Told.Read())
        {
            var person = people.Find(one => one.Address == address);
            Assert.True(person is { IsServed: true }, $"{address} got a mail after it wanted none.");
            var thing = world.Find(title);
            Assert.True(thing.Cost(price, at - Freshness.ShownFor, at), Story($"was told of {price}, which was not so", person!, thing));
            Assert.True(Told.Of(address, title).Count(one => one.Price == price) == 1, Story($"was told twice of {price}", person!, thing));
        }

        CheckCalls();
    }

    /// <summary>eBay is asked once a window for each distinct search, once more for each call that failed and each restart, and never more often than the day has calls.</summary>
    void CheckCalls()
    {
        var newest = Now.UtcTicks / AlertsOptions.StandardReminderPeriod.Ticks;
        if (newest != window)
            (window, before) = (newest, last);
        last = new Calls(simulation.Marketplace.SearchCallsByQuery, simulation.Marketplace.Faults.Struck.Value + restarts.Count);
        var excuses = last.Excuses - before.Excuses;
        foreach (var (query, count) in last.ByQuery)
        {
            var calls = count - before.ByQuery.GetValueOrDefault(query);
            Assert.True(calls <= 1 + excuses, $"{query} was asked {calls} times in the window of {Now:dd HH:mm:ss}, with {excuses} faults and restarts. Restarted: {string.Join(", ", restarts.Select(one => $"{one:dd HH:mm:ss}"))}");
        }

        if (Now >= dayEndsAt)
            (dayEndsAt, beforeDay) = (QuotaDay.EndOf(Now), total);
        total = last.ByQuery.Values.Sum();
        Assert.InRange(total - beforeDay, 0, dailyCalls);
    }

    List<string> Due()
    {
        phase = (phase + 1) % Phases;
        return [.. people.Where((_, index) => index % Phases == phase).Select(person => person.Id)];
    }

    async Task EnrolAsync()
    {
        var number = enrolled++;
        var settings = new UserSettings
        {
            Email = string.Create(CultureInfo.InvariantCulture, $"user{number}@example.org"),
            FrequencyMinutes = random.Next(4) switch { 0 => 2, 1 => 20, _ => 10 },
            Insights = false,
            Searches = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => world.Phrases[random.Next(world.Phrases.Count)]).Distinct()
                .Select((phrase, index) => new SearchSettings { Id = string.Create(CultureInfo.InvariantCulture, $"s-{index:x8}"), Phrase = phrase })],
        };
        // Known before the call, since the first mail may come before its end.
        var person = new Recipient(UserId.New(), settings);
        people.Add(person);
        await simulation.EnrolAsync(person.Id, settings);
    }

    /// <summary>Somebody pauses, unsubscribes, comes back, or leaves for good and makes place for another.</summary>
    async Task ActAsync(Recipient person)
    {
        if (!person.IsServed)
        {
            await ResumeAsync(person);
            return;
        }

        person.IsServed = false;
        switch (random.Next(3))
        {
            case 0:
                person.Acts.Add($"paused {Now:HH:mm:ss}");
                await simulation.CallAsync(HttpMethod.Post, $"/v1/users/{person.Id}/pause");
                break;
            case 1:
                person.Acts.Add($"unsubscribed {Now:HH:mm:ss}");
                await simulation.Grains.GetGrain<IUserGrain>(person.Id).UnsubscribeAsync(null);
                break;
            default:
                await simulation.CallAsync(HttpMethod.Delete, $"/v1/users/{person.Id}");
                people.Remove(person);
                await EnrolAsync();
                break;
        }
    }

    async Task ResumeAsync(Recipient person)
    {
        person.IsServed = true;
        person.Acts.Add($"resumed {Now:HH:mm:ss}");
        await simulation.CallAsync(HttpMethod.Post, $"/v1/users/{person.Id}/resume");
    }

    async Task TurnMailServerAsync()
    {
        isMailServerUp = !isMailServerUp;
        await (isMailServerUp ? simulation.Mailbox.OpenSmtpAsync() : simulation.Mailbox.CloseSmtpAsync());
    }

    /// <summary>Calls to eBay so far.</summary>
    /// <param name="ByQuery">By distinct search.</param>
    /// <param name="Excuses">Reasons for one more call of a search in a window: faults that struck, and restarts.</param>
    sealed record Calls(IReadOnlyDictionary<string, long> ByQuery, long Excuses);
}
