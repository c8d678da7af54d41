using Alerts.Gateway.Access;
using Alerts.Gateway.Access.OperatorSignIn;
using Alerts.Mail.Templates;
using Alerts.Texts;
using Alerts.Users.Sessions;
using Microsoft.Net.Http.Headers;

namespace Alerts.Gateway.Pages.Hosting;

/// <summary>The reader of a page: language, and the format of numbers and times.</summary>
public sealed class Visitor
{
    const int MaxLanguages = 10;
    const string DefaultLanguage = "en-US";

    /// <summary>Operators' pages use English, as logs and the API do (decision 161).</summary>
    const string OfOperators = "en-GB";

    public Visitor(IHttpContextAccessor accessor)
    {
        var context = accessor.HttpContext!;
        Language = Operators.AreAsked(context)
            ? OfOperators : context.Features.Get<SignedIn>()?.User.Settings.Language ?? Preferred(context.Request);
        Texts = TextCatalogue.Of(Language);
    }

    /// <summary>BCP 47 tag.</summary>
    public string Language { get; }

    public TextCatalogue Texts { get; }

    /// <summary>This visitor's format for numbers and moments in a time zone.</summary>
    public MailFormat FormatIn(string timeZone) => MailFormat.Of(Language, timeZone);

    /// <summary>The first of the browser's languages that has texts, or English.</summary>
    static string Preferred(HttpRequest request)
    {
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var languages))
            return DefaultLanguage;
        return languages.Take(MaxLanguages).OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.ToString())
            .FirstOrDefault(tag => TextCatalogue.HasTexts(tag)) ?? DefaultLanguage;
    }
}
