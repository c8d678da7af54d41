using System.Globalization;
using Alerts.Gateway.Pages.Shared;
using Alerts.Mail.Templates;

namespace Alerts.Gateway.Pages.Admin;

/// <summary>A page for operators: in English, as logs and the API are (decision 161), and with times in UTC.</summary>
public abstract class AdminBase : PageBase
{
    protected static MailFormat Format { get; } = MailFormat.Of("en-GB", "UTC");

    protected static string Moment(DateTimeOffset? moment) => moment is { } at ? Format.Moment(at) : "";

    protected static string Duration(double? seconds) => seconds switch
    {
        null => "",
        < 120 and var few => string.Create(CultureInfo.InvariantCulture, $"{few:0.#} s"),
        var many => string.Create(CultureInfo.InvariantCulture, $"{many / 60:0.#} min"),
    };
}
