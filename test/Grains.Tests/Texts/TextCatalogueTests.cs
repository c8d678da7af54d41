using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Alerts.Testing;
using Alerts.Texts;

namespace Alerts.Tests.Texts;

public partial class TextCatalogueTests
{
    static readonly ResourceManager texts = new("Alerts.Texts.Texts", typeof(TextCatalogue).Assembly);

    public static TheoryData<string> Languages => new(TextCatalogue.Languages);

    [Theory, MemberData(nameof(Languages))]
    public void Every_language_has_every_text_and_none_besides(string language)
    {
        var (own, english) = (KeysOf(language), KeysOf("en"));

        Assert.Equal(english.Select(WithoutForm).Distinct().Order(), own.Select(WithoutForm).Distinct().Order());
        var counted = english.Where(key => key.EndsWith(".other", StringComparison.Ordinal)).Select(WithoutForm).ToList();
        Assert.All(counted, key => Assert.Equal(PluralRules.FormsOf(language).Order(), own.Where(form => WithoutForm(form) == key).Select(form => form[(key.Length + 1)..]).Order()));
    }

    [Theory, MemberData(nameof(Languages))]
    public void The_places_of_a_text_are_the_same_in_every_language(string language)
    {
        var english = KeysOf("en").ToLookup(WithoutForm, key => PlacesOf("en", key));

        Assert.All(KeysOf(language), key => Assert.Subset(english[WithoutForm(key)].MaxBy(places => places.Count)!, PlacesOf(language, key)));
        Assert.All(KeysOf(language).Where(key => WithoutForm(key) == key), key => Assert.Equal(PlacesOf("en", key).Order(), PlacesOf(language, key).Order()));
    }

    [Fact]
    public void Every_text_that_a_page_asks_for_is_there()
    {
        var english = KeysOf("en").SelectMany(key => (string[])[key, WithoutForm(key)]).ToHashSet();
        var pages = Directory.EnumerateFiles(Path.Combine(RepositoryRoot.FullPath, "src"), "*.*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal));

        var asked = pages.SelectMany(file => Asked.Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).ToHashSet();

        Assert.NotEmpty(asked);
        Assert.Subset(english, asked);
    }

    /// <summary>Of the pages for people; operators' pages are in English (decision 161).</summary>
    [Fact]
    public void No_page_has_words_outside_the_catalogue()
    {
        var pages = Path.Combine(RepositoryRoot.FullPath, "src", "Gateway", "Pages");
        var words = Directory.EnumerateFiles(pages, "*.razor", SearchOption.AllDirectories).ToLookup(
            file => Path.GetRelativePath(pages, file).StartsWith("Admin", StringComparison.Ordinal), file => (File: Path.GetFileName(file), Words: MarkupWords.Of(File.ReadAllText(file))));

        Assert.Contains(words[true], page => page.Words.Contains("Audit log"));
        Assert.All(words[false], page => Assert.Equal((page.File, ""), (page.File, string.Join(" | ", page.Words))));
    }

    [Theory]
    [InlineData("en", 0, "other"), InlineData("en", 1, "one"), InlineData("en", 2, "other")]
    [InlineData("fr", 0, "one"), InlineData("fr", 1, "one"), InlineData("fr", 2, "other"), InlineData("fr", 1_000_000, "many")]
    [InlineData("es", 0, "other"), InlineData("es", 1, "one"), InlineData("it", 2_000_000, "many")]
    [InlineData("pl", 1, "one"), InlineData("pl", 2, "few"), InlineData("pl", 5, "many"), InlineData("pl", 12, "many"), InlineData("pl", 22, "few"), InlineData("pl", 112, "many"), InlineData("pl", 0, "many")]
    [InlineData("ja", 1, "other"), InlineData("de", 1, "one"), InlineData("nl", 21, "other")]
    public void A_number_takes_the_form_of_its_language(string language, int number, string form) => Assert.Equal(form, PluralRules.FormOf(language, number));

    [Theory]
    [InlineData("de-AT", "de"), InlineData("xx", "en"), InlineData("ko-KR", "en"), InlineData("en-GB", "en")]
    public void A_tag_without_texts_falls_back_to_English(string tag, string language) =>
        Assert.Equal(TextCatalogue.Languages.Contains(language) ? language : "en", TextCatalogue.Of(tag).Language);

    static List<string> KeysOf(string language)
    {
        // The English texts are those of no culture.
        var culture = language is "en" ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(language);
        return [.. texts.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!.Cast<System.Collections.DictionaryEntry>().Select(entry => (string)entry.Key)];
    }

    static HashSet<string> PlacesOf(string language, string key) =>
        [.. Places.Matches(texts.GetString(key, CultureInfo.GetCultureInfo(language))!).Select(match => match.Value)];

    static string WithoutForm(string key) => Form.Replace(key, "");

    [GeneratedRegex(@"\{\d(?::[^}]*)?\}")]
    private static partial Regex Places { get; }

    [GeneratedRegex(@"\.(one|few|many|other)\z")]
    private static partial Regex Form { get; }

    /// <summary>A whole key, or one of two, asked for by a component or a class.</summary>
    [GeneratedRegex("""(?:\bT|texts)(?:\.Count\(|\[)(?:[^"\]]*\? )?"([a-z0-9.]+)"(?=[\],)])""")]
    private static partial Regex Asked { get; }
}
