using System.ComponentModel.DataAnnotations;

namespace Alerts.Gateway.Access;

/// <summary>An API key with a name and a scope.</summary>
public sealed class NamedKey
{
    /// <summary>Names the key in the audit log and in the list of keys: 1 to 40 of <c>A-Z a-z 0-9 . _ -</c>.</summary>
    [Required, RegularExpression("^[A-Za-z0-9._-]{1,40}$")]
    public string Name { get; set; } = "";

    /// <summary>The SHA-256 of the key, 64 hex digits.</summary>
    [Required, RegularExpression("^[0-9A-Fa-f]{64}$")]
    public string Hash { get; set; } = "";

    /// <summary>What the key may do.</summary>
    public ApiKeyScope Scope { get; set; }
}
