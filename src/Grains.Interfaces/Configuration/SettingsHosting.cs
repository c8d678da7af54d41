using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Alerts.Configuration;

/// <summary>How settings are bound and checked: one way for all of them, and each fault named by the setting's own name.</summary>
public static class SettingsHosting
{
    /// <summary>Binds a section to its options and checks their annotations at start.</summary>
    public static OptionsBuilder<TOptions> AddSettings<TOptions>(this IServiceCollection services, string section) where TOptions : class
    {
        services.AddSingleton<IValidateOptions<TOptions>>(new SettingsValidator<TOptions>(section));
        return services.AddOptions<TOptions>().BindConfiguration(section).ValidateOnStart();
    }

    /// <summary>The mode, which decides what is registered. A wrong one reads as Embedded here and is named by <see cref="HasValidSettings"/>.</summary>
    public static AlertsMode Mode(this IConfiguration configuration) =>
        Enum.TryParse<AlertsMode>(configuration[$"{AlertsOptions.Section}:{nameof(AlertsOptions.Mode)}"], ignoreCase: true, out var mode) ? mode : AlertsMode.Embedded;

    /// <summary>
    /// Whether every setting is right; if not, prints each fault on a line of its own. Asked before the host starts, so that a wrong
    /// setting ends the program before it has touched a database.
    /// </summary>
    public static bool HasValidSettings(this IHost host, TextWriter output)
    {
        try
        {
            host.Services.GetRequiredService<IStartupValidator>().Validate();
            return true;
        }
        catch (Exception fault) when (fault is OptionsValidationException or AggregateException or InvalidOperationException)
        {
            output.WriteLine("The settings are not complete. Set these (environment variables are written Alerts__Email__Host) and start again:");
            foreach (var line in Lines(fault))
                output.WriteLine($"  {line}");
            return false;
        }
    }

    static IEnumerable<string> Lines(Exception fault) => fault switch
    {
        AggregateException several => several.InnerExceptions.SelectMany(Lines),
        OptionsValidationException invalid => invalid.Failures,
        _ => [fault.Message],
    };
}
