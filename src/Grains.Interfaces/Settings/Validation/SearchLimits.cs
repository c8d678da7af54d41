namespace Alerts.Settings.Validation;

/// <summary>The limits of a search, for the validator and the API's document.</summary>
public static class SearchLimits
{
    /// <summary>Characters of a phrase; eBay silently cuts a longer one.</summary>
    public const int MaxPhrase = 100;

    /// <summary>Sellers to include or exclude; eBay accepts no more.</summary>
    public const int MaxSellers = 250;

    /// <summary>Characters of a seller's name.</summary>
    public const int MaxSeller = 64;

    /// <summary>The highest feedback score that a rule may ask for.</summary>
    public const int MaxRatings = 10_000_000;

    /// <summary>Words to exclude, or to require.</summary>
    public const int MaxExcludeWords = 50;

    /// <summary>Listings to leave out.</summary>
    public const int MaxExcludeListings = 100;

    /// <summary>Characters of a word to exclude.</summary>
    public const int MaxExcludeWord = 50;

    /// <summary>Channels a search may choose: mail and all others of a user.</summary>
    public const int MaxChannels = 11;

    /// <summary>An amount of money in a rule or filter.</summary>
    public const decimal MaxAmount = 999_999_999.99m;

    /// <summary>Hours of a cooldown.</summary>
    public const int MaxCooldownHours = 720;

    /// <summary>Per cent of a price drop.</summary>
    public const int MaxDropPercent = 99;

    /// <summary>Per cent of a price rise that arms a listing again.</summary>
    public const int MaxRearmPercent = 100;

    /// <summary>The shortest lead time before an auction's end, in minutes.</summary>
    public const int MinLeadMinutes = 10;

    /// <summary>The longest lead time before an auction's end, in minutes.</summary>
    public const int MaxLeadMinutes = 1440;

    /// <summary>Bids of an auction.</summary>
    public const int MaxBids = 1000;

    /// <summary>Conditions by eBay's numbers.</summary>
    public const int MaxConditionIds = 20;

    /// <summary>Aspects of a category.</summary>
    public const int MaxAspects = 10;

    /// <summary>Values of an aspect.</summary>
    public const int MaxAspectValues = 20;

    /// <summary>Characters of an aspect's name.</summary>
    public const int MaxAspectName = 50;

    /// <summary>Characters of an aspect's value.</summary>
    public const int MaxAspectValue = 65;

    /// <summary>Miles or kilometres of a pickup distance.</summary>
    public const int MaxRadius = 500;

    /// <summary>Characters of a postal code.</summary>
    public const int MaxPostalCode = 10;
}
