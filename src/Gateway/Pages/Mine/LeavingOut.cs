using System.Collections.Immutable;
using Alerts.Search;
using Alerts.Settings;
using Alerts.Settings.Validation;
using Alerts.Users;

namespace Alerts.Gateway.Pages.Mine;

/// <summary>Leaves out what a person does not want to see of a search, and takes that back.</summary>
sealed class LeavingOut(IGrainFactory grains, SettingsEditor editor)
{
    public const string Listing = "listing";
    public const string Word = "word";
    public const string Seller = "seller";

    /// <summary>Leaves one listing out. At the limit, the oldest one left out is shown again.</summary>
    public Task<bool> ListingAsync(string userId, string searchId, long number) =>
        editor.ChangeSearchAsync(userId, searchId, search => search with
    {
        ExcludeListings = [.. Numbers(search).Where(other => other != number).TakeLast(SearchLimits.MaxExcludeListings - 1), number],
    });

    /// <summary>Leaves out listings with a word in their title.</summary>
    public Task<bool> WordAsync(string userId, string searchId, string word) =>
        editor.ChangeSearchAsync(userId, searchId, search => search with
    {
        ExcludeWords = [.. search.ExcludeWords.Where(other => other != word), word],
    });

    /// <summary>
    /// Leaves out everything of a listing's seller, whom no page names (eBay API licence). False when it is not known who that is.
    /// </summary>
    public async Task<bool> SellerAsync(UserView user, SearchSettings search, long number)
    {
        var answer = await grains.GetGrain<ISearchGrain>(SearchQuery.KeyOf(search, user.Settings.Language)).PeekAsync();
        var seller = answer.Snapshot is { } found
            ? found.Listings.Concat(found.Newest).FirstOrDefault(listing => listing.ListingNumber == number)?.Seller
            : null;
        return seller is not null
            && await editor.ChangeSearchAsync(user.Id, search.Id!,
                now => WithSellers(now, [.. Sellers(now).Where(other => other != seller), seller]));
    }

    /// <summary>Takes the last one of a kind back.</summary>
    public Task<bool> UndoAsync(string userId, string searchId, string kind) =>
        editor.ChangeSearchAsync(userId, searchId, search => kind switch
    {
        Listing => search with { ExcludeListings = [.. Numbers(search).SkipLast(1)] },
        Word => search with { ExcludeWords = [.. search.ExcludeWords.SkipLast(1)] },
        Seller => WithSellers(search, [.. Sellers(search).SkipLast(1)]),
        _ => search,
    });

    /// <summary>Shows all listings again that were left out singly.</summary>
    public Task<bool> ShowAllAsync(string userId, string searchId) =>
        editor.ChangeSearchAsync(userId, searchId, search => search with { ExcludeListings = [] });

    /// <summary>Shows the listings of all sellers again that were left out.</summary>
    public Task<bool> ShowSellersAsync(string userId, string searchId) =>
        editor.ChangeSearchAsync(userId, searchId, search => WithSellers(search, []));

    public static ImmutableArray<string> Sellers(SearchSettings search) =>
        search.Seller is { Exclude: { IsDefault: false } sellers } ? sellers : [];

    /// <summary>Uses the rule that is applied to the shared answer: another query would start with an empty memory.</summary>
    static SearchSettings WithSellers(SearchSettings search, ImmutableArray<string> sellers) =>
        search with { Seller = (search.Seller ?? new SellerRules()) with { Exclude = sellers } };

    static ImmutableArray<long> Numbers(SearchSettings search) => search.ExcludeListings.IsDefault ? [] : search.ExcludeListings;
}
