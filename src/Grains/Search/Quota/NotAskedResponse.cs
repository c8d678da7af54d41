using System.Net;
using Alerts.Search.Ebay;
using Alerts.Search.Ebay.Answers;

namespace Alerts.Search.Quota;

/// <summary>Replaces eBay's response when no call may be made. Its status is one that is never retried.</summary>
sealed class NotAskedResponse(EbayAnswer.NotAsked answer) : HttpResponseMessage(HttpStatusCode.PaymentRequired)
{
    public EbayAnswer.NotAsked Answer => answer;
}
