using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Alerts.Configuration;

/// <summary>Checks the annotations of options. Each error names its setting: <c>Alerts:Ebay:ClientId …</c>.</summary>
sealed class SettingsValidator<TOptions>(string section) : IValidateOptions<TOptions> where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var results = new List<ValidationResult>();
        if (Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true))
            return ValidateOptionsResult.Success;
        return ValidateOptionsResult.Fail(results.Select(result =>
            $"{section}:{string.Join(", ", result.MemberNames)}: {result.ErrorMessage}"));
    }
}
