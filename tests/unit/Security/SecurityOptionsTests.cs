using Cockpit.Security;

namespace Cockpit.Tests.Security;

public sealed class SecurityOptionsTests
{
    [Fact]
    public void Defaults_are_accepted() => Assert.Empty(new SecurityOptions().Errors());

    [Theory]
    [InlineData("https://cockpit.example")]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("https://Cockpit.Example:8443")]
    public void Origin_as_browsers_send_it_is_accepted(string origin) =>
        Assert.Empty(new SecurityOptions { AllowedOrigins = [origin] }.Errors());

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("cockpit.example")]
    [InlineData("ftp://cockpit.example")]
    [InlineData("https://cockpit.example/")]
    [InlineData("https://cockpit.example/path")]
    [InlineData("https://cockpit.example?x=1")]
    [InlineData("https://cockpit.example#x")]
    [InlineData("https://someone@cockpit.example")]
    [InlineData("https://cockpit.example:443")]
    public void Origin_that_could_match_no_browser_is_named(string origin) => Assert.Equal(
        [$"Security:AllowedOrigins holds '{origin}'; accepted: an origin such as https://cockpit.example.org"],
        new SecurityOptions { AllowedOrigins = [origin] }.Errors());

    [Fact]
    public void Every_mistake_is_named_and_no_password_is_quoted()
    {
        var errors = new SecurityOptions { AllowedOrigins = ["*"], FirstAdminPassword = "hunter2" }.Errors().ToList();

        Assert.Equal(
            [
                "Security:AllowedOrigins holds '*'; accepted: an origin such as https://cockpit.example.org",
                "Security:FirstAdminPassword is too short; accepted: at least 12 characters",
                "Security:FirstAdminName is missing; accepted: a name, because Security:FirstAdminPassword is set",
            ],
            errors);
    }
}
