using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Alerts.Settings.Sites;
using Alerts.Users.Channels;
using static Alerts.Settings.Validation.SearchLimits;

namespace Alerts.Settings.Validation;

/// <summary>Checks one search.</summary>
static partial class SearchSettingsValidator
{
    static readonly string marketplaces = string.Join(", ", Marketplaces.All);
    static readonly FrozenSet<string> currencies = Marketplaces.All.Select(Marketplaces.CurrencyOf).ToFrozenSet(StringComparer.Ordinal);
    static readonly string watchModes = string.Join(", ", JsonNames.AllOf<WatchMode>());
    static readonly string currencyNames = string.Join(", ", currencies.Order(StringComparer.Ordinal));

    /// <summary>Adds a search's errors to <paramref name="errors"/>.</summary>
    /// <param name="search">The search.</param>
    /// <param name="path">Its path, such as <c>searches[0].</c>; empty when it is the document itself.</param>
    /// <param name="errors">The collection.</param>
    public static void Check(SearchSettings search, string path, FieldErrors errors)
    {
        errors.Require(search.Id is null
            || SearchId.IsValid(search.Id), $"{path}id", "An id is s- and eight lower-case hex digits; leave it out for a new search.");
        if (SearchPhraseValidator.Check(search.Phrase ?? "") is { } refusal)
            errors.Add($"{path}phrase", refusal);
        errors.Require(search.Marketplace is { } id
            && Marketplaces.IsKnown(id), $"{path}marketplace", $"The marketplace must be one of {marketplaces}.");
        errors.Require(search.Category is null
            || CategoryPattern.IsMatch(search.Category), $"{path}category", "A category is eBay's number of it: 1 to 10 digits.");
        errors.Require(search.LocationCountry is null
            || Countries.IsKnown(search.LocationCountry), $"{path}locationCountry",
            "A country is an ISO 3166-1 code of two capital letters, such as DE.");
        if (search.Price is { } price)
            CheckPrice(price, $"{path}price", errors);
        SellerRulesValidator.Check(search, path, errors);
        CheckWords(search.IncludeWords, $"{path}includeWords", errors);
        CheckWords(search.ExcludeWords, $"{path}excludeWords", errors);
        errors.Require(
            search.ExcludeListings.IsDefaultOrEmpty
                || search.ExcludeListings.Length <= MaxExcludeListings, $"{path}excludeListings",
                $"At most {MaxExcludeListings} listings.");
        SearchPlaceValidator.Check(search, path, errors);
        SearchAspectsValidator.Check(search, path, errors);
        CheckWatch(search, $"{path}watch", errors);
        CheckChannels(search.Channels, $"{path}channels", errors);
        CheckRules(search.Rules ?? AlertRules.Default, $"{path}rules.", errors);
        AuctionRulesValidator.Check(search, $"{path}rules.", errors);
    }

    static void CheckPrice(PriceRange price, string path, FieldErrors errors)
    {
        errors.Require(price.Min is not null || price.Max is not null, path, "A price range needs min, max or both.");
        errors.Require(IsAmount(price.Min), $"{path}.min", $"A price is 0 to {MaxAmount} with at most two decimals.");
        errors.Require(IsAmount(price.Max), $"{path}.max", $"A price is 0 to {MaxAmount} with at most two decimals.");
        errors.Require(!(price.Max < price.Min), $"{path}.max", "The highest price must not be below the lowest.");
        errors.Require(price.Currency is null
            || currencies.Contains(price.Currency), $"{path}.currency", $"The currency must be one of {currencyNames}.");
    }

    static void CheckWords(ImmutableArray<string> words, string path, FieldErrors errors)
    {
        if (words.IsDefault)
            return;
        errors.Require(words.Length <= MaxExcludeWords, path, $"At most {MaxExcludeWords} words.");
        for (var i = 0; i < Math.Min(words.Length, MaxExcludeWords); i++)
            errors.Require(words[i] is { Length: > 0 and <= MaxExcludeWord } word && TextValidator.IsPlain(word)
                && TextValidator.HasLetterOrDigit(word), $"{path}[{i}]",
                $"A word has 1 to {MaxExcludeWord} visible characters, a letter or a digit among them.");
    }

    static void CheckWatch(SearchSettings search, string path, FieldErrors errors)
    {
        errors.Require(Enum.IsDefined(search.Watch), path, $"What to watch is one of {watchModes}.");
        errors.Require(search.Watch is not WatchMode.New
            || search.Rules is null or { NewListings: true } or { PriceAtOrBelow: not null } or { TotalAtOrBelow: not null }, path,
            "To watch new listings only, rules.newListings must be true.");
    }

    static void CheckChannels(ImmutableArray<string> channels, string path, FieldErrors errors)
    {
        if (channels.IsDefaultOrEmpty)
            return;
        errors.Require(channels.Length <= MaxChannels, path, $"At most {MaxChannels} channels.");
        for (var i = 0; i < Math.Min(channels.Length, MaxChannels); i++)
            errors.Require(channels[i] == ChannelId.Mail
                || ChannelId.IsValid(channels[i]), $"{path}[{i}]", "A channel is mail, or c- and eight lower-case hex digits.");
        errors.Require(channels.Distinct(StringComparer.Ordinal).Count() == channels.Length, path, "A channel must not be named twice.");
    }

    static void CheckRules(AlertRules rules, string path, FieldErrors errors)
    {
        errors.Require(rules.PriceAtOrBelow is null
            || (rules.PriceAtOrBelow > 0 && IsAmount(rules.PriceAtOrBelow)), $"{path}priceAtOrBelow",
            $"A target price is above 0 and at most {MaxAmount}, with at most two decimals.");
        errors.Require(rules.TotalAtOrBelow is null
            || (rules.TotalAtOrBelow > 0 && IsAmount(rules.TotalAtOrBelow)), $"{path}totalAtOrBelow",
            $"A target price is above 0 and at most {MaxAmount}, with at most two decimals.");
        errors.Require(Enum.IsDefined(rules.UnknownShipping), $"{path}unknownShipping",
            $"Unknown shipping is one of {string.Join(", ", JsonNames.AllOf<UnknownShipping>())}.");
        errors.Require(rules.DropPercent is >= 0 and <= MaxDropPercent, $"{path}dropPercent", $"A drop is 0 to {MaxDropPercent} per cent.");
        errors.Require(IsAmount(rules.MinimumChange), $"{path}minimumChange",
            $"The smallest change is 0 to {MaxAmount} with at most two decimals.");
        errors.Require(rules.RearmPercent is >= 0 and <= MaxRearmPercent, $"{path}rearmPercent",
            $"Re-arming takes 0 to {MaxRearmPercent} per cent.");
        errors.Require(rules.CooldownHours is >= 0 and <= MaxCooldownHours, $"{path}cooldownHours",
            $"A cooldown is 0 to {MaxCooldownHours} hours.");
    }

    internal static bool IsAmount(decimal? amount) =>
        amount is null || (amount is >= 0 and <= MaxAmount && decimal.Round(amount.Value, 2) == amount);

    [GeneratedRegex(@"^[0-9]{1,10}\z")]
    private static partial Regex CategoryPattern { get; }
}
