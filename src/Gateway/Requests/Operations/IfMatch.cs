using System.Globalization;
using Alerts.Gateway.Errors;
using Alerts.Users;
using Microsoft.Net.Http.Headers;

namespace Alerts.Gateway.Requests.Operations;

/// <summary>The settings' version as an entity tag, and the If-Match condition of a change (RFC 9110, 13.1.1).</summary>
sealed class IfMatch
{
    const int MaxTags = 10;
    readonly IList<EntityTagHeaderValue>? tags;

    IfMatch(IList<EntityTagHeaderValue>? tags) => this.tags = tags;

    /// <summary>Whether the request has the condition.</summary>
    public bool IsGiven => tags is not null;

    /// <summary>The entity tag of a version.</summary>
    public static string TagOf(UserView user) => string.Create(CultureInfo.InvariantCulture, $"\"{user.Version}\"");

    /// <summary>Reads the request's condition.</summary>
    /// <exception cref="InvalidRequestException">400 for a header that is no list of entity tags.</exception>
    public static IfMatch Of(HttpRequest request)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
            return new IfMatch(null);
        if (!EntityTagHeaderValue.TryParseStrictList([.. header.OfType<string>()], out var tags) || tags.Count > MaxTags)
            throw new InvalidRequestException(StatusCodes.Status400BadRequest, "If-Match must hold entity tags such as \"3\", or *.");
        return new IfMatch(tags);
    }

    /// <summary>Whether a user's settings have a version that the request names; true without a condition.</summary>
    public bool Holds(UserView user) => tags is null
        || tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || (!tag.IsWeak && tag.Tag.Equals(TagOf(user), StringComparison.Ordinal)));
}
