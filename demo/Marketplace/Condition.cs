namespace Alerts.Demo.Marketplace;

/// <summary>eBay's condition numbers, their names, and the groups a search filters by.</summary>
static class Condition
{
    static readonly string[] Groups =
    [
        "NEW", "USED", "UNSPECIFIED", "CERTIFIED_REFURBISHED", "EXCELLENT_REFURBISHED", "VERY_GOOD_REFURBISHED", "GOOD_REFURBISHED", "SELLER_REFURBISHED",
    ];

    public static bool IsGroup(string group) => Groups.Contains(group);

    public static bool IsIn(string group, int? id) => group switch
    {
        "NEW" => id is 1000 or 1500 or 1750,
        "USED" => id is >= 2750 and <= 7000,
        "UNSPECIFIED" => id is null,
        "CERTIFIED_REFURBISHED" => id is 2000,
        "EXCELLENT_REFURBISHED" => id is 2010,
        "VERY_GOOD_REFURBISHED" => id is 2020,
        "GOOD_REFURBISHED" => id is 2030,
        "SELLER_REFURBISHED" => id is 2500,
        _ => false,
    };

    public static string Name(int id) => id switch
    {
        1000 => "New",
        1500 => "Open box",
        1750 => "New with defects",
        2000 => "Certified - Refurbished",
        2010 => "Excellent - Refurbished",
        2020 => "Very Good - Refurbished",
        2030 => "Good - Refurbished",
        2500 => "Seller refurbished",
        2750 => "Like New",
        3000 => "Used",
        4000 => "Very Good",
        5000 => "Good",
        6000 => "Acceptable",
        7000 => "For parts or not working",
        _ => "Other",
    };
}
