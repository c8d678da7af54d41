using static Alerts.Settings.Validation.SearchLimits;

namespace Alerts.Settings.Validation;

/// <summary>Checks the rules for auctions that end soon.</summary>
static class AuctionRulesValidator
{
    /// <summary>A digest comes once a day, no matter how often the user is checked.</summary>
    const int DigestMinutes = 1440;

    /// <summary>Adds the errors in the rules themselves.</summary>
    /// <param name="search">The search.</param>
    /// <param name="path">The path of its rules, such as <c>searches[0].rules.</c>.</param>
    /// <param name="errors">The collection.</param>
    public static void Check(SearchSettings search, string path, FieldErrors errors)
    {
        if (search.Rules is not { } rules)
            return;
        errors.Require(rules.EndingWithinMinutes is null or (>= MinLeadMinutes and <= MaxLeadMinutes), $"{path}endingWithinMinutes",
            $"The lead before an auction's end is {MinLeadMinutes} to {MaxLeadMinutes} minutes.");
        errors.Require(rules.EndingWithinMinutes is null
            || HasAuctions(search), $"{path}endingWithinMinutes", "To hear of auctions that end, buyingOptions must have AUCTION.");
        errors.Require(rules.MaxBids is null or (>= 0 and <= SearchLimits.MaxBids), $"{path}maxBids",
            $"The most bids are 0 to {SearchLimits.MaxBids}.");
        errors.Require(rules.BidAtOrBelow is null
            || (rules.BidAtOrBelow > 0 && SearchSettingsValidator.IsAmount(rules.BidAtOrBelow)), $"{path}bidAtOrBelow",
            $"The highest bid is above 0 and at most {MaxAmount}, with at most two decimals.");
        errors.Require(rules.MaxBids is null
            || rules.EndingWithinMinutes is not null, $"{path}maxBids", "The most bids go with endingWithinMinutes.");
        errors.Require(rules.BidAtOrBelow is null
            || rules.EndingWithinMinutes is not null, $"{path}bidAtOrBelow", "The highest bid goes with endingWithinMinutes.");
    }

    /// <summary>Adds an error if the lead time is shorter than the time between two checks: an auction could end between them.</summary>
    public static void CheckLead(SearchSettings search, UserSettings settings, string path, FieldErrors errors)
    {
        var interval = settings.Notify is NotifyMode.Digest ? DigestMinutes : settings.FrequencyMinutes;
        errors.Require(!(search.Rules?.EndingWithinMinutes < interval), path, settings.Notify is NotifyMode.Digest
            ? $"With a digest a day, the lead before an auction's end is {DigestMinutes} minutes."
            : $"The lead before an auction's end must not be shorter than the {settings.FrequencyMinutes} minutes between two checks.");
    }

    static bool HasAuctions(SearchSettings search) =>
        !search.BuyingOptions.IsDefaultOrEmpty && search.BuyingOptions.Contains(BuyingOption.Auction);
}
