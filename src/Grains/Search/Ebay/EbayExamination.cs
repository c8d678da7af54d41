using Alerts.Cluster;
using Microsoft.Extensions.Options;

namespace Alerts.Search.Ebay;

/// <summary>Whether eBay gives this service a token. The one that is kept counts, so that looking costs nothing.</summary>
sealed class EbayExamination(IGrainFactory grains, IOptions<EbayOptions> options) : IExamination
{
    public string Subject => "eBay";

    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken)
    {
        try
        {
            var token = await grains.GetGrain<IEbayTokenGrain>(options.Value.ClientId).GetAsync(refused: null).WaitAsync(cancellationToken);
            return [Finding.Well($"eBay gives tokens; the present one is renewed at {token.RenewAt:yyyy-MM-dd HH:mm:ss'Z'}.")];
        }
        catch (EbayTokenException refused)
        {
            return [Finding.Wrong(refused.Message,
                "Look at Alerts__Ebay__ClientId and ClientSecret, and at the key set in eBay's developer portal.")];
        }
    }
}
