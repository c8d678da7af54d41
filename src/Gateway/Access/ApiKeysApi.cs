using Alerts.Gateway.Requests.Operations;

namespace Alerts.Gateway.Access;

/// <summary>Operations about API keys, for operators.</summary>
static class ApiKeysApi
{
    public static void MapApiKeys(this RouteGroupBuilder v1) => v1.MapGet("/keys", ListAsync).WithTags("Operations")
        .Named("listKeys", "List the API keys in the settings: their names, scopes, and last use.")
        .RequireAuthorization(AccessPolicies.Administrators);

    static async Task<ApiKeyList> ListAsync(ApiKeys keys, ApiKeyUse use)
    {
        var used = await use.ReadAsync();
        return new ApiKeyList([.. keys.All.Select(key => key with { LastUsed = used.TryGetValue(key.Name, out var at) ? at : null })]);
    }
}
