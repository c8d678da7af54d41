using Alerts.Channels;
using Alerts.Channels.WebPush;
using Alerts.Gateway.Access;
using Alerts.Gateway.Errors;
using Alerts.Gateway.Limits;
using Alerts.Gateway.Requests.Json;
using Alerts.Gateway.Requests.Operations;
using Alerts.Gateway.Users;
using Alerts.Settings.Validation;
using Alerts.Users;
using Alerts.Users.Channels;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Alerts.Gateway.Channels;

/// <summary><c>/v1/users/{id}/channels</c>: where alerts go besides mail.</summary>
static class ChannelsApi
{
    const int MaxDeliveries = 100;

    public static void MapChannels(this RouteGroupBuilder v1)
    {
        var channels = v1.MapGroup("/users/{id}/channels").WithTags("Channels").RequireAuthorization(AccessPolicies.OwnUser);
        channels.MapGet("/", ListAsync).Named("listChannels", "List a user's channels beside mail.");
        channels.MapPost("/", AddAsync).Named("addChannel", "Add a channel. Its reader is asked first whether to get alerts there.")
            .ProducesProblem(409);
        channels.MapGet("/{channelId}", GetAsync).Named("getChannel", "Read a channel, without its address and secrets.");
        channels.MapPut("/{channelId}", PutAsync)
            .Named("replaceChannel", "Replace a channel. With a new address, or if it was disabled, it is asked again.");
        channels.MapDelete("/{channelId}", DeleteAsync).Named("deleteChannel", "Remove a channel and its waiting messages.");
        channels.MapPost("/{channelId}/test", TestAsync)
            .Named("testChannel", "Send a sample now; to an unconfirmed channel, the question again.");
        channels.MapGet("/{channelId}/deliveries", DeliveriesAsync)
            .Named("listDeliveries", "List the messages to a channel, newest first.");
    }

    static async Task<Results<Ok<ChannelList>, ProblemHttpResult>> ListAsync(
        string id, IGrainFactory grains, IOptions<ChannelOptions> options) =>
        UserId.IsValid(id) && await grains.GetGrain<IUserChannelsGrain>(id).ListChannelsAsync() is { } channels
            ? TypedResults.Ok(new ChannelList(channels, options.Value.WebPushKey is { } key ? WebPushKey.PublicOf(key) : null))
            : Problems.NotFound("user");

    static async Task<Results<Ok<ChannelView>, ProblemHttpResult>> GetAsync(string id, string channelId, IGrainFactory grains) =>
        UserId.IsValid(id) && await grains.GetGrain<IUserChannelsGrain>(id).ListChannelsAsync() is { } channels
        && channels.FirstOrDefault(channel => channel.Id == channelId) is { } found
            ? TypedResults.Ok(found)
            : Problems.NotFound("channel");

    static async Task<Results<Created<ChannelView>, ProblemHttpResult>> AddAsync(
        string id, JsonBody<ChannelSettings> body, IGrainFactory grains, ChannelLimits limits)
    {
        limits.Take(id);
        var made = UserId.IsValid(id) ? await grains.GetGrain<IUserChannelsGrain>(id).AddChannelAsync(body.Value)
            : new ChannelChange(ChannelOutcome.NotFound);
        return made is { Outcome: ChannelOutcome.Done, Channel: { } channel }
            ? TypedResults.Created($"/v1/users/{id}/channels/{channel.Id}", channel)
            : Refusal(made, "user");
    }

    static async Task<Results<Ok<ChannelView>, ProblemHttpResult>> PutAsync(
        string id, string channelId, JsonBody<ChannelSettings> body, IGrainFactory grains, ChannelLimits limits)
    {
        limits.Take(id);
        var made = UserId.IsValid(id)
            ? await grains.GetGrain<IUserChannelsGrain>(id).ReplaceChannelAsync(channelId, body.Value)
            : new ChannelChange(ChannelOutcome.NotFound);
        return made is { Outcome: ChannelOutcome.Done, Channel: { } channel } ? TypedResults.Ok(channel) : Refusal(made, "channel");
    }

    static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(string id, string channelId, IGrainFactory grains) =>
        UserId.IsValid(id) && await grains.GetGrain<IUserChannelsGrain>(id).RemoveChannelAsync(channelId)
            ? TypedResults.NoContent()
            : Problems.NotFound("channel");

    static async Task<Results<Ok<ChannelTest>, ProblemHttpResult>> TestAsync(
        string id, string channelId, IGrainFactory grains, ChannelLimits limits)
    {
        limits.Take(id);
        return UserId.IsValid(id) && await grains.GetGrain<IUserChannelsGrain>(id).TestChannelAsync(channelId) is { } result
            ? TypedResults.Ok(result)
            : Problems.NotFound("channel");
    }

    static async Task<Results<Ok<NotificationList>, ProblemHttpResult>> DeliveriesAsync(
        string id, string channelId, IGrainFactory grains, string? cursor = null, int limit = 50)
    {
        var errors = new FieldErrors();
        var after = Cursors.ReadNotification(cursor, errors);
        Cursors.CheckLimit(limit, MaxDeliveries, errors);
        JsonRequest.ThrowIfAny(errors);
        return UserId.IsValid(id) && await grains.GetGrain<IUserChannelsGrain>(id).GetDeliveriesAsync(channelId, after, limit) is { } page
            ? TypedResults.Ok(new NotificationList(page.Items, Cursors.Write(page.Next)))
            : Problems.NotFound("channel");
    }

    static ProblemHttpResult Refusal(ChannelChange made, string what) => made.Outcome switch
    {
        ChannelOutcome.Invalid => Problems.Invalid(made.Errors!),
        ChannelOutcome.Full => Problems.Of(StatusCodes.Status409Conflict, "A user has at most 10 channels; remove one first."),
        ChannelOutcome.Unconfirmed => Problems.Of(StatusCodes.Status409Conflict, "The address is not confirmed yet."),
        _ => Problems.NotFound(what),
    };
}
