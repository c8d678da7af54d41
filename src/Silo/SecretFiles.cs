using Microsoft.Extensions.FileProviders;

namespace Alerts.Silo;

/// <summary>
/// Settings as files, as containers receive secrets: the file <c>Alerts__MySql</c> contains the setting <c>Alerts:MySql</c>. Files take
/// precedence over environment variables and the command line. An empty file is no setting.
/// </summary>
public static class SecretFiles
{
    /// <summary>The setting with the folder, an absolute path; default none. The container images set it to <c>/run/secrets</c>.</summary>
    public const string Setting = "Alerts:SecretsDirectory";

    /// <summary>
    /// Reads the files if the setting names an existing folder. Otherwise the missing settings are reported like any others.
    /// </summary>
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
