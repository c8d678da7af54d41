using System.Collections.Immutable;
using System.Globalization;
using Alerts.Gateway.Pages.Shared.Listings;
using Alerts.Settings;
using Alerts.Settings.Sites;
using Alerts.Settings.Validation;
using Microsoft.Extensions.Primitives;

namespace Alerts.Gateway.Pages.Shared.Fields;

/// <summary>The fields of a search in a form or an address, and their conversion to settings and back.</summary>
sealed class SearchForm
{
    /// <summary>Longer field values are cut before they are read.</summary>
    const int MaxFieldLength = 8_000;

    static readonly char[] listSigns = [',', ';', '\n', '\r'];

    readonly Dictionary<string, string> errors = new(StringComparer.Ordinal);

    public string Phrase { get; private init; } = "";

    public string Marketplace { get; private init; } = Marketplaces.Default;

    public string Category { get; private init; } = "";

    public string Min { get; private init; } = "";

    public string Max { get; private init; } = "";

    public string Currency { get; private init; } = "";

    public IReadOnlyCollection<string> Conditions { get; private init; } = [];

    public IReadOnlyCollection<string> BuyingOptions { get; private init; } = [];

    public string Country { get; private init; } = "";

    public bool FreeShipping { get; private init; }

    public string Sellers { get; private init; } = "";

    public string ExcludeSellers { get; private init; } = "";

    public string ExcludeWords { get; private init; } = "";

    public string IncludeWords { get; private init; } = "";

    public string MinPercent { get; private init; } = "";

    public string MinRatings { get; private init; } = "";

    public string AccountType { get; private init; } = "";

    public string DeliverToCountry { get; private init; } = "";

    public string DeliverToPostalCode { get; private init; } = "";

    public string Total { get; private init; } = "";

    public bool LeavesOutUnknownShipping { get; private init; }

    public string Watch { get; private init; } = WatchMode.Everything.JsonName();

    public bool NewListings { get; private init; }

    public bool PriceRises { get; private init; }

    public string Target { get; private init; } = "";

    public string DropPercent { get; private init; } = "";

    public string MinimumChange { get; private init; } = "";

    public string RearmPercent { get; private init; } = "";

    public string CooldownHours { get; private init; } = "";

    public string ConditionIds { get; private init; } = "";

    /// <summary>An aspect's name and its values on each line: <c>Color: Red, Blue</c>.</summary>
    public string Aspects { get; private init; } = "";

    public string Region { get; private init; } = "";

    public string PickupPostalCode { get; private init; } = "";

    /// <summary>Of the postal code; empty: the marketplace's own.</summary>
    public string PickupCountry { get; private init; } = "";

    public string PickupRadius { get; private init; } = "";

    public string PickupUnit { get; private init; } = "mi";

    public bool HasWholePostalCode { get; private init; }

    public string EndingWithinMinutes { get; private init; } = "";

    public string MaxBids { get; private init; } = "";

    public string BidAtOrBelow { get; private init; } = "";

    /// <summary>Whether the form asks which news is wanted; the start page does not.</summary>
    bool HasRules { get; init; }

    /// <summary>The errors, by field, as keys of texts.</summary>
    public IReadOnlyDictionary<string, string> Errors => errors;

    public string? ErrorOf(string field) => errors.GetValueOrDefault(field);

    /// <summary>Reads a form, or an address.</summary>
    public static SearchForm Read(Func<string, StringValues> field, string marketplace, bool hasRules)
    {
        return new SearchForm
        {
            Phrase = Text("phrase"),
            Marketplace = Text("marketplace") is { Length: > 0 } given ? given : marketplace,
            Category = Text("category"),
            Min = Text("min"),
            Max = Text("max"),
            Currency = Text("currency"),
            Conditions = Many("conditions"),
            BuyingOptions = Many("buyingOptions"),
            Country = Text("locationCountry").ToUpperInvariant(),
            FreeShipping = Text("freeShipping").Length > 0,
            Sellers = Text("sellers"),
            ExcludeSellers = Text("excludeSellers"),
            ExcludeWords = Text("excludeWords"),
            IncludeWords = Text("includeWords"),
            MinPercent = Text("minPercent"),
            MinRatings = Text("minRatings"),
            AccountType = Text("accountType"),
            DeliverToCountry = Text("deliverToCountry").ToUpperInvariant(),
            DeliverToPostalCode = Text("deliverToPostalCode"),
            Total = Text("totalAtOrBelow"),
            LeavesOutUnknownShipping = Text("unknownShipping").Length > 0,
            Watch = Text("watch"),
            NewListings = Text("newListings").Length > 0,
            PriceRises = Text("priceRises").Length > 0,
            Target = Text("priceAtOrBelow"),
            DropPercent = Text("dropPercent"),
            MinimumChange = Text("minimumChange"),
            RearmPercent = Text("rearmPercent"),
            CooldownHours = Text("cooldownHours"),
            ConditionIds = Text("conditionIds"),
            Aspects = Text("aspects"),
            Region = Text("region"),
            PickupPostalCode = Text("pickupPostalCode"),
            PickupCountry = Text("pickupCountry").ToUpperInvariant(),
            PickupRadius = Text("pickupRadius"),
            PickupUnit = Text("pickupUnit"),
            HasWholePostalCode = Text("wholePostalCode").Length > 0,
            EndingWithinMinutes = Text("endingWithinMinutes"),
            MaxBids = Text("maxBids"),
            BidAtOrBelow = Text("bidAtOrBelow"),
            HasRules = hasRules,
        };

        string Text(string name) =>
            field(name).ToString() is var text && text.Length > MaxFieldLength ? text[..MaxFieldLength] : text.Trim();
        string[] Many(string name) => [.. field(name).OfType<string>().Take(10)];
    }

    /// <summary>The form of an existing search.</summary>
    public static SearchForm Of(SearchSettings search, CultureInfo culture) => new()
    {
        Phrase = search.Phrase,
        Marketplace = search.Marketplace,
        Category = search.Category ?? "",
        Min = AmountText.Write(search.Price?.Min, culture),
        Max = AmountText.Write(search.Price?.Max, culture),
        Currency = search.Price?.Currency ?? "",
        Conditions = [.. search.Conditions.Select(condition => condition.JsonName())],
        BuyingOptions = [.. search.BuyingOptions.Select(option => option.JsonName())],
        Country = search.LocationCountry ?? "",
        FreeShipping = search.FreeShipping,
        Sellers = string.Join(", ", search.Sellers),
        ExcludeSellers = string.Join(", ", search.ExcludeSellers),
        ExcludeWords = string.Join(", ", search.ExcludeWords),
        IncludeWords = search.IncludeWords.IsDefaultOrEmpty ? "" : string.Join(", ", search.IncludeWords),
        MinPercent = AmountText.Write(search.Seller?.MinPercent, culture),
        MinRatings = search.Seller?.MinRatings?.ToString(CultureInfo.InvariantCulture) ?? "",
        AccountType = search.Seller?.AccountType?.JsonName() ?? "",
        DeliverToCountry = search.DeliverTo?.Country ?? "",
        DeliverToPostalCode = search.DeliverTo?.PostalCode ?? "",
        Total = AmountText.Write(search.Rules.TotalAtOrBelow, culture),
        LeavesOutUnknownShipping = search.Rules.UnknownShipping is UnknownShipping.LeaveOut,
        Watch = search.Watch.JsonName(),
        NewListings = search.Rules.NewListings,
        PriceRises = search.Rules.PriceRises,
        Target = AmountText.Write(search.Rules.PriceAtOrBelow, culture),
        DropPercent = AmountText.Write(search.Rules.DropPercent, culture),
        MinimumChange = AmountText.Write(search.Rules.MinimumChange, culture),
        RearmPercent = AmountText.Write(search.Rules.RearmPercent, culture),
        CooldownHours = search.Rules.CooldownHours.ToString(culture),
        ConditionIds = search.ConditionIds.IsDefaultOrEmpty
            ? "" : string.Join(", ", search.ConditionIds.Select(id => id.ToString(CultureInfo.InvariantCulture))),
        Aspects = search.Aspects.IsDefaultOrEmpty
            ? "" : string.Join('\n', search.Aspects.Select(aspect => $"{aspect.Name}: {string.Join(", ", aspect.Values)}")),
        Region = search.ItemLocation?.Region ?? "",
        PickupPostalCode = search.Pickup?.PostalCode ?? "",
        PickupCountry = search.Pickup?.Country ?? "",
        PickupRadius = search.Pickup?.Radius.ToString(CultureInfo.InvariantCulture) ?? "",
        PickupUnit = search.Pickup?.Unit ?? "mi",
        HasWholePostalCode = search.DeliverTo?.WholePostalCode is true,
        EndingWithinMinutes = search.Rules.EndingWithinMinutes?.ToString(culture) ?? "",
        MaxBids = search.Rules.MaxBids?.ToString(culture) ?? "",
        BidAtOrBelow = AmountText.Write(search.Rules.BidAtOrBelow, culture),
        HasRules = true,
    };

    /// <summary>Filters without a field on the start page, which a pasted link may have.</summary>
    public IEnumerable<(string Name, string Value)> Unseen() => new (string Name, string Value)[]
    {
        ("category", Category), ("currency", Currency), ("locationCountry", Country), ("freeShipping", FreeShipping ? "1" : ""),
        ("sellers", Sellers), ("excludeSellers", ExcludeSellers),
    }.Where(field => field.Value.Length > 0);

    /// <summary>The start page's address with this search, without its rules.</summary>
    public string ToQuery() => "?" + string.Join('&', new (string Name, string Value)[]
        {
            ("phrase", Phrase), ("marketplace", Marketplace), ("min", Min), ("max", Max), ("excludeWords", ExcludeWords),
        }
        .Concat(Conditions.Select(condition => ("conditions", condition)))
        .Concat(BuyingOptions.Select(option => ("buyingOptions", option)))
        .Concat(Unseen())
        .Where(field => field.Item2.Length > 0)
        .Select(field => $"{field.Item1}={Uri.EscapeDataString(field.Item2)}"));

    /// <summary>The settings in the form. Settings without a field stay as they were. <see cref="Errors"/> then has their errors.</summary>
    public SearchSettings ToSettings(SearchSettings? before = null)
    {
        var search = (before ?? new SearchSettings { Phrase = "", Rules = AlertRules.ForNewSearches }) with
        {
            Phrase = Phrase,
            Marketplace = Marketplace,
            Category = OrNull(Category),
            Price = Price(),
            Conditions = Names<ItemCondition>(Conditions, "conditions"),
            BuyingOptions = Names<BuyingOption>(BuyingOptions, "buyingOptions"),
            LocationCountry = OrNull(Country),
            FreeShipping = FreeShipping,
            Sellers = List(Sellers),
            ExcludeSellers = List(ExcludeSellers),
            ExcludeWords = List(ExcludeWords),
        };
        if (HasRules)
            search = search with
            {
                Watch = Names<WatchMode>([Watch], "watch") is [var watch] ? watch : search.Watch,
                IncludeWords = List(IncludeWords),
                Seller = SellerOf(search.Seller),
                ConditionIds = [.. List(ConditionIds).Select(id => Whole(id, "conditionIds"))],
                Aspects = AspectsOf(),
                ItemLocation = Region.Length > 0
                    ? new ItemLocation { Region = Region } : search.ItemLocation?.Region is null ? search.ItemLocation : null,
                Pickup = PickupPostalCode.Length + PickupRadius.Length == 0
                    ? null : (search.Pickup ?? new PickupPlace { PostalCode = "", Radius = 0 }) with
                {
                    PostalCode = PickupPostalCode, Country = PickupCountry.Length == 0 ? null : PickupCountry,
                    Radius = Whole(PickupRadius, "pickupRadius"), Unit = PickupUnit,
                },
                DeliverTo = DeliverToCountry.Length + DeliverToPostalCode.Length == 0
                    ? null : (search.DeliverTo ?? new DeliverTo { Country = "" }) with
                {
                    Country = DeliverToCountry, PostalCode = OrNull(DeliverToPostalCode), WholePostalCode = HasWholePostalCode,
                },
                Rules = search.Rules with
                {
                    NewListings = NewListings,
                    PriceRises = PriceRises,
                    PriceAtOrBelow = Amount(Target, "priceAtOrBelow"),
                    TotalAtOrBelow = Amount(Total, "totalAtOrBelow"),
                    UnknownShipping = LeavesOutUnknownShipping ? UnknownShipping.LeaveOut : UnknownShipping.Include,
                    DropPercent = Amount(DropPercent, "dropPercent") ?? AlertRules.ForNewSearches.DropPercent,
                    MinimumChange = Amount(MinimumChange, "minimumChange") ?? AlertRules.ForNewSearches.MinimumChange,
                    RearmPercent = Amount(RearmPercent, "rearmPercent") ?? AlertRules.ForNewSearches.RearmPercent,
                    CooldownHours = Whole(CooldownHours, "cooldownHours"),
                    EndingWithinMinutes = WholeOrNull(EndingWithinMinutes, "endingWithinMinutes"),
                    MaxBids = WholeOrNull(MaxBids, "maxBids"),
                    BidAtOrBelow = Amount(BidAtOrBelow, "bidAtOrBelow"),
                },
            };
        foreach (var path in UserSettingsValidator.Validate(search).Keys)
            errors.TryAdd(FieldOf(path), $"error.field.{FieldOf(path)}");
        return search;
    }

    /// <summary>Adds the errors in the search from the errors of a user's settings. False when none is about the search.</summary>
    public bool Refuse(IEnumerable<string> paths, string prefix)
    {
        foreach (var path in paths.Where(path => path.StartsWith(prefix, StringComparison.Ordinal)))
            errors.TryAdd(FieldOf(path[prefix.Length..]), $"error.field.{FieldOf(path[prefix.Length..])}");
        return errors.Count > 0;
    }

    /// <summary>
    /// The form's field for a path of the settings document: <c>price.max</c> is <c>max</c>, <c>excludeWords[3]</c> is <c>excludeWords</c>.
    /// </summary>
    static string FieldOf(string path)
    {
        var last = path[(path.LastIndexOf('.') + 1)..].Split('[')[0];
        if (path.StartsWith("aspects", StringComparison.Ordinal))
            return "aspects";
        if (path.StartsWith("itemLocation", StringComparison.Ordinal))
            return "region";
        if (path.StartsWith("pickup.", StringComparison.Ordinal))
            return $"pickup{char.ToUpperInvariant(last[0])}{last[1..]}";
        return path.StartsWith("deliverTo.", StringComparison.Ordinal) ? $"deliverTo{char.ToUpperInvariant(last[0])}{last[1..]}"
            : last is "price" ? "max" : last;
    }

    /// <summary>Null when there is no rule about sellers.</summary>
    SellerRules? SellerOf(SellerRules? before)
    {
        var rules = (before ?? new SellerRules()) with
        {
            MinPercent = Amount(MinPercent, "minPercent"),
            MinRatings = WholeOrNull(MinRatings, "minRatings"),
            AccountType = Names<SellerAccountType>([AccountType], "accountType") is [var type] ? type : null,
        };
        return rules is { MinPercent: null, MinRatings: null, AccountType: null, Include.IsDefaultOrEmpty: true,
            Exclude.IsDefaultOrEmpty: true } ? null : rules;
    }

    ImmutableArray<AspectFilter> AspectsOf()
    {
        var found = ImmutableArray.CreateBuilder<AspectFilter>();
        foreach (var line in Aspects.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line.Split(':', 2, StringSplitOptions.TrimEntries) is [var name, var values])
                found.Add(new AspectFilter { Name = name, Values = List(values) });
            else
                errors["aspects"] = "error.field.aspects";
        }

        return found.ToImmutable();
    }

    PriceRange? Price() => (Amount(Min, "min"), Amount(Max, "max")) switch
    {
        (null, null) => null,
        var (min, max) => new PriceRange { Min = min, Max = max, Currency = OrNull(Currency) },
    };

    decimal? Amount(string text, string field)
    {
        if (!AmountText.TryRead(text, out var amount))
            errors[field] = $"error.field.{field}";
        return amount;
    }

    int? WholeOrNull(string text, string field) => text.Length == 0 ? null : Whole(text, field);

    int Whole(string text, string field)
    {
        if (text.Length == 0)
            return 0;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        errors[field] = $"error.field.{field}";
        return 0;
    }

    ImmutableArray<T> Names<T>(IEnumerable<string> names, string field) where T : struct, Enum
    {
        var found = ImmutableArray.CreateBuilder<T>();
        foreach (var name in names.Where(name => name.Length > 0).Distinct(StringComparer.Ordinal))
        {
            var value = Enum.GetValues<T>().Cast<T?>().FirstOrDefault(value => value!.Value.JsonName() == name);
            if (value is { } known)
                found.Add(known);
            else
                errors[field] = $"error.field.{field}";
        }

        return found.ToImmutable();
    }

    static string? OrNull(string text) => text.Length == 0 ? null : text;

    static ImmutableArray<string> List(string text) =>
        [.. text.Split(listSigns, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];
}
