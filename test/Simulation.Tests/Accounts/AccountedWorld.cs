using Alerts.Settings;
using Alerts.Settings.Sites;

namespace Alerts.Simulations.Accounts;

/// <summary>A kind of world for the accountant.</summary>
/// <param name="Listings">The most that one market has on sale.</param>
/// <param name="HasFaults">Whether eBay, the mail server and this process fail now and then.</param>
sealed record AccountedWorld(int Listings, bool HasFaults)
{
    public int People { get; init; } = Crowd.Kinds;

    /// <summary>How long the world moves.</summary>
    public TimeSpan Busy { get; init; } = TimeSpan.FromHours(6);

    public IReadOnlyList<(string Phrase, string Site)> Markets { get; init; } =
        [("lamp", Marketplaces.Default), ("lamp", "EBAY_DE"), ("chair", Marketplaces.Default)];
}
