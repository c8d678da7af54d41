using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Alerts.Configuration;

/// <summary>Binds and checks all settings in one way. Each error names its setting.</summary>
public static class SettingsHosting
{
    /// <summary>Binds a section to its options and checks their annotations at start.</summary>
    public static OptionsBuilder<TOptions> AddSettings<TOptions>(this IServiceCollection services, string section) where TOptions : class
    {
        services.AddSingleton(SettingsSection.Of<TOptions>(section));
        services.AddSingleton<IValidateOptions<TOptions>>(new SettingsValidator<TOptions>(section));
        return services.AddOptions<TOptions>().BindConfiguration(section).ValidateOnStart();
    }

    /// <summary>
    /// The mode, which decides what is registered. A wrong value counts as Embedded here; <see cref="HasValidSettings"/> reports it.
    /// </summary>
    public static AlertsMode Mode(this IConfiguration configuration) =>
        Enum.TryParse<AlertsMode>(configuration[$"{AlertsOptions.Section}:{nameof(AlertsOptions.Mode)}"], ignoreCase: true, out var mode)
            ? mode : AlertsMode.Embedded;

    /// <summary>The kind of database, which decides what is registered. A wrong value is treated as in <see cref="Mode"/>.</summary>
    public static DatabaseKind Database(this IConfiguration configuration) => AlertsOptions.DefaultDatabase(
        configuration.Mode(),
        Enum.TryParse<DatabaseKind>(configuration[$"{AlertsOptions.Section}:{nameof(AlertsOptions.Database)}"], ignoreCase: true,
            out var kind) ? kind : null);

    /// <summary>
    /// Whether every setting is valid; if not, prints each error on its own line. Called before the host starts, so that a wrong setting
    /// ends the program before it uses a database.
    /// </summary>
    /// <param name="host">The program.</param>
    /// <param name="output">Where the errors are printed.</param>
    /// <param name="only">The one section that the program needs; null when it needs all.</param>
    public static bool HasValidSettings(this IHost host, TextWriter output, string? only = null)
    {
        var sections = host.Services.GetServices<SettingsSection>().ToList();
        var errors = SettingNames.Misspelt(host.Services.GetRequiredService<IConfiguration>(), sections)
            .Concat(sections.Where(section => only is null || section.Name == only).SelectMany(section => section.Errors(host.Services)))
            .ToList();
        if (errors.Count == 0)
            return true;
        output.WriteLine(
            "The settings are not complete. Set these (environment variables are written Alerts__Email__Host) and start again:");
        foreach (var error in errors)
            output.WriteLine($"  {error}");
        return false;
    }
}
