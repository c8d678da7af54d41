using Microsoft.Extensions.FileProviders;

namespace Alerts.Silo;

/// <summary>
/// Settings as files, the way containers are given secrets: a file named <c>Alerts__MySql</c> holds the setting <c>Alerts:MySql</c>.
/// They go before environment variables and the command line. An empty file is no setting.
/// </summary>
public static class SecretFiles
{
    /// <summary>The setting that names the folder, an absolute path; default none. The container images set it to <c>/run/secrets</c>.</summary>
    public const string Setting = "Alerts:SecretsDirectory";

    /// <summary>Reads the files, if the setting names a folder that is there; what then is missing is named like any other missing setting.</summary>
    public static IHostApplicationBuilder AddAlertsSecretFiles(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration[Setting] is { Length: > 0 } folder && Directory.Exists(folder))
        {
            builder.Configuration.AddKeyPerFile(source =>
            {
                source.FileProvider = new PhysicalFileProvider(folder);
                source.IgnoreCondition = name => File.ReadAllBytes(Path.Combine(folder, name)).Length == 0;
            });
        }

        return builder;
    }
}
