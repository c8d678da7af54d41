using System.Collections.Immutable;
using Alerts.Users.Mails;

namespace Alerts.Mail.Log;

/// <summary>A record of the delivery log with what the message said.</summary>
/// <param name="Record">The record.</param>
/// <param name="ItemIds">The item ids of the listings it named.</param>
/// <param name="Searches">What it said of each search; null when it was about none, or when that may not be shown any more.</param>
/// <param name="ContentUntil">Until when that may be shown; null with it.</param>
public sealed record DeliveredMessage(
    DeliveryRecord Record, ImmutableArray<string> ItemIds, ImmutableArray<NotifiedSearch>? Searches, DateTimeOffset? ContentUntil);
