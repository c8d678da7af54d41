namespace Alerts.Tests;

public sealed class WebLinkTests
{
    static readonly string[] hosts = ["ebay.com", "ebay.co.uk", "127.0.0.1"];

    [Theory]
    [InlineData("https://www.ebay.com/itm/1?_skw=iphone+13&hash=item1:g:a&amdata=enc%3AAQAJ", "https://www.ebay.com/itm/1?_skw=iphone+13&hash=item1:g:a&amdata=enc%3AAQAJ")]
    [InlineData("HTTPS://WWW.EBAY.COM:443/itm/../itm/1", "https://www.ebay.com/itm/1")]
    [InlineData("http://127.0.0.1:5090/itm/7?var=2", "http://127.0.0.1:5090/itm/7?var=2")]
    [InlineData("https://ebay.com/", "https://ebay.com/")]
    [InlineData("https://www.ebay.com@evil.example/itm/1", null)]
    [InlineData("https://user:word@www.ebay.com/itm/1", null)]
    [InlineData("https://evil.example/www.ebay.com", null)]
    [InlineData("https://notebay.com/itm/1", null)]
    [InlineData("https://www.ebay.com.evil.example/", null)]
    [InlineData("https://www.ebay.com/itm/1\r\nBcc: eve@example.org", null)]
    [InlineData("https://www.ebay.com/itm/ 1", null)]
    [InlineData("https:\\\\evil.example\\www.ebay.com", null)]
    [InlineData("javascript:alert(1)//www.ebay.com", null)]
    [InlineData("data:text/html,x", null)]
    [InlineData("//www.ebay.com/itm/1", null)]
    [InlineData("/itm/1", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Only_web_pages_of_the_hosts_are_linked_in_their_normal_form(string? url, string? link) => Assert.Equal(link, WebLink.Of(url, hosts));

    [Fact]
    public void What_is_longer_than_any_link_of_eBay_is_none() => Assert.Null(WebLink.Of("https://www.ebay.com/" + new string('a', WebLink.MaxLength)));
}
