using Cockpit.Hosting;
using Microsoft.Extensions.Configuration;

namespace Cockpit.Tests.Hosting;

public sealed class CockpitSettingsTests
{
    [Fact]
    public void Nothing_configured_is_the_embedded_mode_open_to_lookers()
    {
        var (settings, errors) = Read([]);

        Assert.Empty(errors);
        Assert.Equal((CockpitMode.Embedded, true, 20), (settings.Mode, settings.Security.AnonymousViewers, settings.SignInsPerMinute));
    }

    [Theory]
    [InlineData("live", null, CockpitMode.Live, false)]
    [InlineData("LIVE", "true", CockpitMode.Live, true)]
    [InlineData("Embedded", "false", CockpitMode.Embedded, false)]
    public void Mode_decides_who_may_look_unless_it_is_said(string mode, string? viewers, CockpitMode expected, bool open)
    {
        var (settings, errors) = Read(new() { ["Mode"] = mode, ["Security:AnonymousViewers"] = viewers });

        Assert.Empty(errors);
        Assert.Equal((expected, open), (settings.Mode, settings.Security.AnonymousViewers));
    }

    [Fact]
    public void Security_is_read_whole()
    {
        var (settings, errors) = Read(new()
        {
            ["Security:AllowedOrigins:0"] = "https://a.example",
            ["Security:AllowedOrigins:1"] = "https://b.example",
            ["Security:FirstAdminName"] = "ada",
            ["Security:FirstAdminPassword"] = "correct horse battery",
            ["Security:SignInsPerMinute"] = "5",
        });

        Assert.Empty(errors);
        Assert.Equal(["https://a.example", "https://b.example"], settings.Security.AllowedOrigins);
        Assert.Equal(("ada", "correct horse battery", 5), (settings.Security.FirstAdminName, settings.Security.FirstAdminPassword, settings.SignInsPerMinute));
    }

    [Fact]
    public void Every_mistake_is_named_at_once_with_what_is_accepted()
    {
        var (settings, errors) = Read(new()
        {
            ["Mode"] = "production",
            ["Security:AnonymousViewers"] = "sometimes",
            ["Security:AllowedOrigins:0"] = "*",
            ["Security:FirstAdminPassword"] = "hunter2",
            ["Security:SignInsPerMinute"] = "-5",
        });

        Assert.Equal(
            [
                "Mode is 'production'; accepted: embedded, live",
                "Security:AnonymousViewers is 'sometimes'; accepted: true, false",
                "Security:AllowedOrigins holds '*'; accepted: an origin such as https://cockpit.example.org",
                "Security:FirstAdminPassword is too short; accepted: at least 12 characters",
                "Security:FirstAdminName is missing; accepted: a name, because Security:FirstAdminPassword is set",
                "Security:SignInsPerMinute is no positive number; accepted: 1 or more",
            ],
            errors);
        Assert.Equal(20, settings.SignInsPerMinute);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("embedded,live")]
    [InlineData("")]
    public void Mode_is_one_of_two_words(string mode) =>
        Assert.Equal([$"Mode is '{mode}'; accepted: embedded, live"], Read(new() { ["Mode"] = mode }).Errors);

    private static (CockpitSettings Settings, List<string> Errors) Read(Dictionary<string, string?> values)
    {
        var errors = new List<string>();
        return (CockpitSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), errors), errors);
    }
}
