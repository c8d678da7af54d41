namespace Alerts.Tests;

public sealed class ShownTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\r\nb\tc\u0000d", "a  b c d")]
    [InlineData("z\u200Be\u200Dr\u200Co\u2060\uFEFF\u00AD", "zero")]
    [InlineData("\u202Egnp.exe\u2066x\u2069\u061C", "gnp.exex")]
    [InlineData("tag\U000E0041s", "tags")]
    [InlineData("👨‍👩‍👧 می‌خواهم", "👨‍👩‍👧 می‌خواهم")]
    public void What_cannot_be_seen_goes_and_what_joins_letters_stays(string text, string clean) => Assert.Equal(clean, ShownText.Clean(text));

    [Fact]
    public void A_long_text_is_cut_at_a_whole_character() => Assert.Equal("aaa👍…", ShownText.Clean("aaa👍bbb", 4));

    [Fact]
    public void Only_what_runs_from_right_to_left_is_kept_apart()
    {
        Assert.Equal("iPhone 日本", ShownText.Isolate("iPhone 日本"));
        Assert.Equal("\u2068آيفون\u2069", ShownText.Isolate("آيفون"));
    }
}
