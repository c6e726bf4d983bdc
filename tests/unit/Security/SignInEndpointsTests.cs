using Cockpit.Security;

namespace Cockpit.Tests.Security;

public sealed class SignInEndpointsTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/cards/degraded-websockets")]
    [InlineData("/cards?open=1#action-scale-out")]
    [InlineData("/%2F%2Fevil.example")]
    public void Path_of_this_site_is_kept(string url) => Assert.Equal(url, SignInEndpoints.Local(url));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("cards")]
    [InlineData("~/cards")]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("///evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("/\n/evil.example")]
    [InlineData("/cards\r\nSet-Cookie: cockpit=1")]
    [InlineData(" /cards")]
    [InlineData("/cards ")]
    [InlineData("/kärten")]
    [InlineData("/\u2028")]
    [InlineData("javascript:alert(1)")]
    public void Anything_else_leads_home(string? url) => Assert.Equal("/", SignInEndpoints.Local(url));
}
