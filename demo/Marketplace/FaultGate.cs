using System.Globalization;
using Alerts.Demo.Faults;

namespace Alerts.Demo.Marketplace;

/// <summary>Lets a call pass, or answers it as the fault board wants.</summary>
sealed class FaultGate(FaultBoard<MarketplaceFault> faults)
{
    /// <summary>Waits for every slow fault once; then the fault the caller must act out, or null when the call is to be answered truly.</summary>
    public async ValueTask<MarketplaceFault?> PassAsync(MarketplaceEndpoint endpoint, string? phrase, CancellationToken cancellation)
    {
        if (faults.IsEmpty)
            return null;
        var call = new Call(endpoint, phrase is null ? null : BrowseQuery.KeyOf(phrase), []);
        while (faults.TryTake(call, Applies, out var fault))
        {
            if (fault.Kind is not MarketplaceFaultKind.Slow)
                return fault;
            call.Waited.Add(fault);
            await Task.Delay(fault.Delay!.Value, TimeProvider.System, cancellation);
        }
        return null;
    }

    /// <summary>Answers with the fault; <paramref name="answer"/> is the true answer, which some faults spoil.</summary>
    public static ValueTask ActAsync(HttpContext context, MarketplaceFault fault, ReadOnlyMemory<byte> answer)
    {
        switch (fault.Kind)
        {
            case MarketplaceFaultKind.Unauthorized:
                return Answers.ErrorAsync(context, StatusCodes.Status401Unauthorized, BrowseError.InvalidToken);
            case MarketplaceFaultKind.TooManyRequests:
                if (fault.RetryAfter is { } after)
                    context.Response.Headers.RetryAfter = Math.Ceiling(after.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                return Answers.ErrorAsync(context, StatusCodes.Status429TooManyRequests, BrowseError.TooManyRequests);
            case MarketplaceFaultKind.ServerError:
                return Answers.ErrorAsync(context, StatusCodes.Status500InternalServerError, BrowseError.Internal);
            case MarketplaceFaultKind.TooLarge:
                return Answers.ErrorAsync(context, StatusCodes.Status400BadRequest, BrowseError.ResultTooLarge);
            case MarketplaceFaultKind.Malformed:
                return Answers.JsonAsync(context, answer[..(answer.Length * 2 / 3)]);
            case MarketplaceFaultKind.Empty:
                return Answers.JsonAsync(context, """{"total":57,"limit":100,"offset":0}"""u8.ToArray());
            default:
                context.Abort();
                return ValueTask.CompletedTask;
        }
    }

    static bool Applies(MarketplaceFault fault, Call call) =>
        fault.Endpoint == call.Endpoint
        && !call.Waited.Exists(waited => ReferenceEquals(waited, fault))
        && (fault.Phrase is null || BrowseQuery.KeyOf(fault.Phrase) == call.PhraseKey);

    sealed record Call(MarketplaceEndpoint Endpoint, string? PhraseKey, List<MarketplaceFault> Waited);
}
