using Alerts.Gateway.Requests.Operations;

namespace Alerts.Gateway.Access;

/// <summary>What operators ask about API keys.</summary>
static class ApiKeysApi
{
    public static void MapApiKeys(this RouteGroupBuilder v1) => v1.MapGet("/keys", ListAsync).WithTags("Operations")
        .Named("listKeys", "The API keys of the settings: their names, what they may do, and when they were last used.")
        .RequireAuthorization(AccessPolicies.Administrators);

    static async Task<ApiKeyList> ListAsync(ApiKeys keys, ApiKeyUse use)
    {
        var used = await use.ReadAsync();
        return new ApiKeyList([.. keys.All.Select(key => key with { LastUsed = used.TryGetValue(key.Name, out var at) ? at : null })]);
    }
}
