using System.Net;
using Alerts.Search.Ebay;

namespace Alerts.Search.Quota;

/// <summary>Stands for eBay's response where no call may be made; its status is one that nobody tries again.</summary>
sealed class NotAskedResponse(EbayAnswer.NotAsked answer) : HttpResponseMessage(HttpStatusCode.PaymentRequired)
{
    public EbayAnswer.NotAsked Answer => answer;
}
