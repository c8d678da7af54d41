using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Alerts.Settings.Validation;

namespace Alerts.Settings.Sites;

/// <summary>Makes a search from the address of eBay's own search page. The address is parsed and never fetched. Pure.</summary>
public static partial class SearchLink
{
    /// <summary>The limit of characters of an address.</summary>
    public const int MaxLength = 2_048;

    /// <summary>Sites by the end of their host name, after <c>www.</c></summary>
    static readonly Dictionary<string, string> sites = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ebay.com"] = "EBAY_US", ["ebay.at"] = "EBAY_AT", ["ebay.com.au"] = "EBAY_AU", ["ebay.be"] = "EBAY_BE", ["ebay.ca"] = "EBAY_CA",
        ["ebay.ch"] = "EBAY_CH", ["ebay.de"] = "EBAY_DE", ["ebay.es"] = "EBAY_ES", ["ebay.fr"] = "EBAY_FR", ["ebay.co.uk"] = "EBAY_GB",
        ["ebay.com.hk"] = "EBAY_HK", ["ebay.ie"] = "EBAY_IE", ["ebay.it"] = "EBAY_IT", ["ebay.nl"] = "EBAY_NL", ["ebay.pl"] = "EBAY_PL",
        ["ebay.com.sg"] = "EBAY_SG",
    };

    /// <summary>The domains of eBay's sites.</summary>
    public static IReadOnlyCollection<string> Domains => sites.Keys;

    static readonly string[] subdomains = ["www.", "m.", "befr.", "benl.", "cafr."];

    /// <summary>Parameters that say nothing about the search: origin, page number, view.</summary>
    static readonly HashSet<string> silent = new(StringComparer.Ordinal)
    {
        "_from", "_trksid", "_trkparms", "_odkw", "_osacat", "_ipg", "_pgn", "_dmd", "_oac", "_oaa", "_fosrp", "_fsrp", "_blrs", "rt",
            "mkevt", "mkcid",
        "mkrid", "campid", "toolid", "customid", "norover", "_armrs", "_sacat", "_dcat", "_nkw", "_kw", "_in_kw", "_fspt", "_fcid",
            "LH_LocatedIn",
    };

    /// <summary>
    /// The search of an address, and the parts that were not taken over. Null with the reason when it is not the address of an eBay search.
    /// </summary>
    public static (SearchSettings? Search, ImmutableArray<NotTakenOver> Left, string? Refusal) Parse(string? url)
    {
        if (url is not { Length: > 0 and <= MaxLength })
            return (null, [], $"An address of at most {MaxLength} characters is required.");
        if (!Uri.TryCreate(url.Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http") || uri.UserInfo.Length > 0
            || !uri.IsDefaultPort || MarketplaceOf(uri.Host) is not { } marketplace)
            return (null, [], "The address must be of one of eBay's sites, such as https://www.ebay.com/sch/i.html?_nkw=iphone.");
        if (!uri.AbsolutePath.StartsWith("/sch/", StringComparison.Ordinal))
            return (null, [], "The address must be of eBay's search: its path begins with /sch/.");
        var reader = new Reader(marketplace, uri);
        return reader.Search is { } search ? (search, reader.Left, null) : (null, [], reader.Refusal);
    }

    static string? MarketplaceOf(string host)
    {
        var name = subdomains.FirstOrDefault(prefix => host.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) is { } subdomain
            ? host[subdomain.Length..] : host;
        return sites.GetValueOrDefault(name);
    }

    [GeneratedRegex(@"(?<=^|\s)-(?:""(?<words>[^""]+)""|\((?<words>[^)]+)\)|(?<words>[^\s,()""]+))")]
    private static partial Regex Excluded { get; }

    [GeneratedRegex("^[0-9]{1,10}$")]
    private static partial Regex Digits { get; }

    /// <summary>Turns one address into a search.</summary>
    sealed class Reader
    {
        readonly List<(string Name, string Value)> parameters;
        readonly List<NotTakenOver> left = [];

        public Reader(string marketplace, Uri uri)
        {
            parameters = [.. uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Split)];
            var (phrase, excluded) = PhraseOf(Value("_nkw") ?? Value("_kw") ?? "");
            var search = new SearchSettings
            {
                Phrase = phrase, Marketplace = marketplace, ExcludeWords = excluded, Category = CategoryOf(uri),
                    Rules = AlertRules.ForNewSearches,
            };
            foreach (var (name, value) in parameters)
                search = Take(search, name, value);
            search = WithPlaces(search);
            Search = WithoutBroken(search);
        }

        /// <summary>The search; null when the address has none.</summary>
        public SearchSettings? Search { get; }

        public ImmutableArray<NotTakenOver> Left => [.. left.DistinctBy(one => one.Parameter)];

        public string? Refusal { get; private set; }

        string? Value(string name) =>
            parameters.FirstOrDefault(parameter => parameter.Name == name).Value is { Length: > 0 } value ? value : null;

        bool Has(string name) => Value(name) is "1";

        static (string Name, string Value) Split(string parameter)
        {
            var at = parameter.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = at < 0 ? (parameter, "") : (parameter[..at], parameter[(at + 1)..]);
            return (WebUtility.UrlDecode(name), WebUtility.UrlDecode(value).Trim());
        }

        /// <summary>eBay's page excludes words after a minus.</summary>
        static (string Phrase, ImmutableArray<string> Excluded) PhraseOf(string keywords)
        {
            var excluded = Excluded.Matches(keywords).SelectMany(match => match.Groups["words"].Value.Split(','))
                .Select(word => word.Trim()).Where(word => word.Length > 0);
            return (string.Join(' ', Excluded.Replace(keywords, "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
                [.. excluded.Distinct(StringComparer.OrdinalIgnoreCase)]);
        }

        string? CategoryOf(Uri uri)
        {
            var inPath = uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(1).FirstOrDefault(Digits.IsMatch);
            return new[] { Value("_sacat"), Value("_dcat"), inPath }
                .FirstOrDefault(id => id is not null && id != "0" && Digits.IsMatch(id));
        }

        SearchSettings Take(SearchSettings search, string name, string value) => name switch
        {
            _ when silent.Contains(name) || name.Length == 0 || value.Length == 0 => search,
            "_udlo" when Amount(value) is { } min => search with { Price = (search.Price ?? new()) with { Min = min } },
            "_udhi" when Amount(value) is { } max => search with { Price = (search.Price ?? new()) with { Max = max } },
            "LH_BIN" when value == "1" => search with { BuyingOptions = search.BuyingOptions.Add(BuyingOption.FixedPrice) },
            "LH_Auction" when value == "1" => search with { BuyingOptions = search.BuyingOptions.Add(BuyingOption.Auction) },
            "LH_BO" when value == "1" => search with { BuyingOptions = search.BuyingOptions.Add(BuyingOption.BestOffer) },
            "LH_CAds" when value == "1" => search with { BuyingOptions = search.BuyingOptions.Add(BuyingOption.ClassifiedAd) },
            "LH_All" => search with { BuyingOptions = [BuyingOption.FixedPrice, BuyingOption.Auction] },
            "LH_FS" when value == "1" => search with { FreeShipping = true },
            "LH_ItemCondition" => Conditions(search, value),
            "_ex_kw" or "_exkw" =>
                search with { ExcludeWords = search.ExcludeWords.AddRange(value.Split((char[]?)null,
                    StringSplitOptions.RemoveEmptyEntries)) },
            "_ssn" => search with { Sellers = search.Sellers.Add(value) },
            "_sasl" => Sellers(search, value),
            "LH_PrefLoc" when value == "1" => search with { LocationCountry = Marketplaces.CountryOf(search.Marketplace) },
            "LH_PrefLoc" when value == "2" => search with { ItemLocation = new() { Region = "WORLDWIDE" } },
            "_stpos" or "_sadis" or "LH_LPickup" or "LH_SpecificSeller" or "_saslop" => search, // parts of what is read together
            "_sop" => Leave(search, name, "eBay is always asked by price and by newest."),
            "LH_Sold" or "LH_Complete" => Leave(search, name, "Only listings that are on sale are watched."),
            "LH_TitleDesc" => Leave(search, name, "Only titles are searched."),
            _ when name[0] is '_' || name.StartsWith("LH_", StringComparison.Ordinal) =>
                Leave(search, name, "There is no such filter here."),
            _ => Aspect(search, name, value),
        };

        SearchSettings Conditions(SearchSettings search, string value)
        {
            var ids = value.Split('|', StringSplitOptions.RemoveEmptyEntries);
            if (ids.All(id => id is "3" or "4" or "10"))
                return search with { Conditions = [.. ids.Select(id => id switch { "3" => ItemCondition.New, "4" => ItemCondition.Used,
                    _ => ItemCondition.Unspecified }).Distinct()] };
            var numbers = ids.Select(id => id switch { "3" => "1000", "4" => "3000", _ => id });
            return numbers.All(id => int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                ? search with { ConditionIds = [.. numbers.Select(id => int.Parse(id, CultureInfo.InvariantCulture)).Distinct()] }
                : Leave(search, "LH_ItemCondition", "It names no condition of eBay's.");
        }

        SearchSettings Sellers(SearchSettings search, string value)
        {
            var names = value.Split((char[])[',', ' '], StringSplitOptions.RemoveEmptyEntries);
            return Value("_saslop") == "2"
                ? search with { ExcludeSellers = search.ExcludeSellers.AddRange(names) }
                : search with { Sellers = search.Sellers.AddRange(names) };
        }

        /// <summary>An aspect's name and values are encoded twice in eBay's addresses.</summary>
        SearchSettings Aspect(SearchSettings search, string name, string value)
        {
            if (search.Category is null)
                return Leave(search, name, "An aspect needs a category.");
            return search with
            {
                Aspects = search.Aspects.Add(new AspectFilter
                {
                    Name = WebUtility.UrlDecode(name),
                    Values = [.. WebUtility.UrlDecode(value)
                        .Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
                }),
            };
        }

        /// <summary>A postal code is the centre of a pickup distance, or the place of delivery.</summary>
        SearchSettings WithPlaces(SearchSettings search)
        {
            if (Value("_stpos") is not { } code)
                return search;
            if (!Has("LH_LPickup"))
            {
                if (Value("_sadis") is not null)
                    Leave(search, "_sadis", "A distance counts for items that are fetched only (LH_LPickup).");
                return search with { DeliverTo = new DeliverTo { Country = Marketplaces.CountryOf(search.Marketplace),
                    PostalCode = code } };
            }

            return int.TryParse(Value("_sadis"), NumberStyles.None, CultureInfo.InvariantCulture, out var radius)
                ? search with { Pickup = new PickupPlace { PostalCode = code, Radius = radius,
                    Unit = search.Marketplace is "EBAY_US" or "EBAY_GB" ? "mi" : "km" } }
                : Leave(search, "LH_LPickup", "To fetch an item needs a distance (_sadis).");
        }

        SearchSettings Leave(SearchSettings search, string name, string reason)
        {
            left.Add(new NotTakenOver(name.Length <= 64 ? name : name[..64], reason));
            return search;
        }

        /// <summary>Parts that break a rule of a search are left out and named, so that the result can be saved.</summary>
        SearchSettings? WithoutBroken(SearchSettings search)
        {
            foreach (var (path, messages) in UserSettingsValidator.Validate(search))
            {
                var (parameter, without) = path.Split('.', '[')[0] switch
                {
                    "price" => ("_udlo", search with { Price = null }),
                    "category" => ("_sacat", search with { Category = null, Aspects = [] }),
                    "conditionIds" => ("LH_ItemCondition", search with { ConditionIds = [] }),
                    "aspects" => ("aspects", search with { Aspects = [] }),
                    "sellers" or "excludeSellers" => ("_sasl", search with { Sellers = [], ExcludeSellers = [] }),
                    "excludeWords" => ("_nkw", search with { ExcludeWords = [] }),
                    "pickup" => ("LH_LPickup", search with { Pickup = null }),
                    "deliverTo" => ("_stpos", search with { DeliverTo = null }),
                    "itemLocation" or "locationCountry" => ("LH_PrefLoc", search with { ItemLocation = null }),
                    _ => ("", search),
                };
                if (parameter.Length == 0)
                {
                    Refusal = path == "phrase" ? $"The words of the search (_nkw) cannot be taken over. {messages[0]}" : messages[0];
                    return null;
                }

                search = Leave(without, parameter, messages[0]);
            }

            return search;
        }

        static decimal? Amount(string value) =>
            decimal.TryParse(value.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
                ? amount : null;
    }
}
