using Alerts.Accounts;

namespace Alerts.Simulations.Accounts;

/// <summary>Some hours in which the world moves and things go wrong, then a day of calm in which all that is due must be told.</summary>
sealed class AccountedDays(Simulation simulation, AccountedWorld world)
{
    static readonly TimeSpan step = TimeSpan.FromMinutes(2);
    static readonly TimeSpan calmStep = TimeSpan.FromMinutes(10);

    /// <summary>Within this time of calm all auctions have ended; from then on nothing but time passes.</summary>
    static readonly TimeSpan lastAuction = TimeSpan.FromHours(6);
    static readonly TimeSpan longCalmStep = TimeSpan.FromMinutes(30);

    /// <summary>The digest, quiet hours and the limit of mails let everything through within a day.</summary>
    static readonly TimeSpan calm = TimeSpan.FromHours(27);

    /// <summary>Back-offs end this long after a fault.</summary>
    static readonly TimeSpan aftermath = TimeSpan.FromHours(2);

    readonly Random random = simulation.Random;
    readonly MarketTruth truth = new();
    readonly Dictionary<string, Watcher> people = [];
    bool isMailServerUp = true;

    DateTimeOffset Now => simulation.Clock.GetUtcNow();

    public async Task<Books> KeepAsync()
    {
        var books = new Books(truth);
        var markets = world.Markets.Select(market => new NewsMarket(market.Phrase, market.Site, world.Listings, random)).ToList();
        foreach (var market in markets)
        {
            market.Begin(Now);
            market.Show(simulation.Marketplace, truth, Now);
        }
        for (var number = 0; number < world.People; number++)
        {
            var (id, settings, watcher) = Crowd.Person(number, random, markets, Now);
            people.Add(id, watcher);
            books.Add(watcher);
            await simulation.EnrolAsync(id, settings);
        }
        Read(books);
        for (var until = Now + world.Busy; Now < until; Read(books))
            await StepAsync(books, markets);
        await CalmAsync(books, markets);
        await books.CloseAsync(Now, watcher => LinkedPages.ReadAsync(watcher, simulation.Api));
        return books;
    }

    async Task StepAsync(Books books, List<NewsMarket> markets)
    {
        foreach (var market in markets)
        {
            market.Move(Now);
            market.Show(simulation.Marketplace, truth, Now);
        }
        if (world.HasFaults)
            await GoWrongAsync(books);
        if (random.Next(25) == 0)
            await ActAsync();
        if (world.HasFaults && random.Next(80) == 0)
        {
            books.NoteTrouble(Now, Now + aftermath);
            await simulation.TickAsync(step, people.Keys);
            await simulation.RestartAsync();
        }
        else
        {
            await simulation.StepAsync(step, people.Keys);
        }
    }

    async Task GoWrongAsync(Books books)
    {
        if (random.Next(12) == 0)
            simulation.Marketplace.Faults.Replace([Faults.AtMarketplace(random)]);
        if (random.Next(12) == 0)
            simulation.Mailbox.Faults.Replace([Faults.AtMailbox(random)]);
        if (random.Next(40) == 0)
            await TurnMailServerAsync();
        if (!isMailServerUp || !simulation.Marketplace.Faults.IsEmpty || !simulation.Mailbox.Faults.IsEmpty)
            books.NoteTrouble(Now, Now + aftermath);
    }

    async Task CalmAsync(Books books, List<NewsMarket> markets)
    {
        simulation.Marketplace.Faults.Clear();
        simulation.Mailbox.Faults.Clear();
        if (!isMailServerUp)
            await TurnMailServerAsync();
        foreach (var (id, watcher) in people.Where(person => !person.Value.IsServedAt(Now)).ToList())
            await ServeAsync(id, watcher, "resume");
        var began = Now;
        while (Now < began + calm)
        {
            foreach (var market in markets)
                market.Show(simulation.Marketplace, truth, Now);
            await simulation.StepAsync(Now < began + lastAuction ? calmStep : longCalmStep, people.Keys);
            Read(books);
        }
    }

    /// <summary>Somebody pauses, sleeps or comes back. What happens meanwhile waits by the person's own wish.</summary>
    async Task ActAsync()
    {
        var (id, watcher) = people.ElementAt(random.Next(people.Count));
        watcher.MayWait = true;
        if (watcher.IsServedAt(Now) && random.Next(3) == 0)
            await SnoozeAsync(id, watcher);
        else
            await ServeAsync(id, watcher, watcher.IsServedAt(Now) ? "pause" : "resume");
    }

    async Task SnoozeAsync(string id, Watcher watcher)
    {
        var until = Now + TimeSpan.FromMinutes(random.Next(10, 120));
        watcher.Acts.Add($"snooze {Now:dd HH:mm:ss} until {until:HH:mm:ss}");
        watcher.SnoozedUntil = until;
        await simulation.CallAsync(HttpMethod.Post, $"/v1/users/{id}/snooze", new { until });
    }

    async Task ServeAsync(string id, Watcher watcher, string act)
    {
        watcher.Acts.Add($"{act} {Now:dd HH:mm:ss}");
        (watcher.IsServed, watcher.SnoozedUntil) = (act == "resume", null);
        await simulation.CallAsync(HttpMethod.Post, $"/v1/users/{id}/{act}");
    }

    async Task TurnMailServerAsync()
    {
        isMailServerUp = !isMailServerUp;
        await (isMailServerUp ? simulation.Mailbox.OpenSmtpAsync() : simulation.Mailbox.CloseSmtpAsync());
    }

    void Read(Books books)
    {
        var mails = simulation.Mailbox.Mails;
        simulation.Mailbox.Clear();
        foreach (var mail in mails)
            books.Enter(AccountedMail.Read(Assert.Single(mail.Recipients), mail.Subject, mail.ReceivedAt, mail.TextBody!));
        books.EndAuctions(Now);
    }
}
