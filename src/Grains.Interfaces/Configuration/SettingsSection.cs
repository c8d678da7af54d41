using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Alerts.Configuration;

/// <summary>A section of the settings and the options it is bound to.</summary>
sealed record SettingsSection(string Name, IReadOnlyList<PropertyInfo> Properties, Func<IServiceProvider, IEnumerable<string>> Errors)
{
    public static SettingsSection Of<TOptions>(string name) where TOptions : class
    {
        var properties = typeof(TOptions).GetProperties();
        return new(name, properties, services => ErrorsOf<TOptions>(services, name, properties));
    }

    static IEnumerable<string> ErrorsOf<TOptions>(IServiceProvider services, string name, PropertyInfo[] properties) where TOptions : class
    {
        var section = services.GetRequiredService<IConfiguration>().GetSection(name);
        var unreadable = properties.Where(property => !IsReadable(property.PropertyType, section[property.Name])).ToList();
        foreach (var property in unreadable)
            yield return $"{name}:{property.Name}: \"{section[property.Name]}\" is not {KindOf(property.PropertyType)}.";
        foreach (var error in unreadable.Count == 0 ? Bound<TOptions>(services) : BoundWithout<TOptions>(services, section, unreadable))
            yield return error;
    }

    static IEnumerable<string> Bound<TOptions>(IServiceProvider services) where TOptions : class
    {
        try
        {
            _ = services.GetRequiredService<IOptions<TOptions>>().Value;
            return [];
        }
        catch (OptionsValidationException invalid)
        {
            return invalid.Failures;
        }
        catch (InvalidOperationException unreadable)
        {
            return [unreadable.Message];
        }
    }

    /// <summary>An unreadable value stops the binder, so the other values are checked without it.</summary>
    static IEnumerable<string> BoundWithout<TOptions>(IServiceProvider services, IConfigurationSection section,
        List<PropertyInfo> unreadable)
        where TOptions : class
    {
        var rest = section.AsEnumerable(makePathsRelative: true)
            .Where(value => !unreadable.Exists(property => property.Name.Equals(value.Key, StringComparison.OrdinalIgnoreCase)));
        var options = Activator.CreateInstance<TOptions>();
        new ConfigurationBuilder().AddInMemoryCollection(rest).Build().Bind(options);
        return services.GetServices<IValidateOptions<TOptions>>()
            .SelectMany(validator => validator.Validate(Options.DefaultName, options).Failures ?? []);
    }

    static bool IsReadable(Type type, string? value)
    {
        var kind = Nullable.GetUnderlyingType(type) ?? type;
        if (string.IsNullOrEmpty(value) || !(kind.IsEnum || kind.IsPrimitive || kind == typeof(decimal) || kind == typeof(TimeSpan)))
            return true;
        try
        {
            TypeDescriptor.GetConverter(kind).ConvertFromInvariantString(value);
            return true;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or OverflowException or NotSupportedException)
        {
            return false;
        }
    }

    static string KindOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        { IsEnum: true } choices => $"one of {string.Join(", ", Enum.GetNames(choices))}",
        var kind when kind == typeof(TimeSpan) => "a time such as 00:02:00",
        var kind when kind == typeof(bool) => "true or false",
        _ => "a number that fits",
    };
}
