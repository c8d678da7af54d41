using Alerts.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Alerts.Silo.Transport;

/// <summary>Names the errors in the TLS files before anything starts.</summary>
sealed class ClusterTlsOptionsValidator(IConfiguration configuration, TimeProvider clock) : IValidateOptions<ClusterTlsOptions>
{
    public ValidateOptionsResult Validate(string? name, ClusterTlsOptions options)
    {
        if (configuration.Mode() is not AlertsMode.Cluster || !options.IsOn)
            return ValidateOptionsResult.Success;
        var errors = new List<string>();
        return TlsFiles.Read(options, clock.GetUtcNow(), errors) is null
            ? ValidateOptionsResult.Fail(errors) : ValidateOptionsResult.Success;
    }
}
