using System.Security.Cryptography;
using Cockpit.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cockpit.Tests.Hosting;

/// <summary>The composed server: how it refuses to start, and what it serves.</summary>
public sealed class StartTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("cockpit-start-").FullName;

    public void Dispose() => Directory.Delete(_directory, true);

    [Fact]
    public void Mistakes_of_every_part_are_named_at_once()
    {
        var wrong = Assert.Throws<ConfigurationException>(() => Build(
            "--Mode=production", "--Storage:Kind=paper", "--Estate:Speed=500", "--Estate:Faults:0=earthquake", "--Security:SignInsPerMinute=0"));

        Assert.Contains(wrong.Errors, error => error.StartsWith("Mode is 'production'", StringComparison.Ordinal));
        Assert.Contains(wrong.Errors, error => error.StartsWith("Storage:Kind is 'paper'", StringComparison.Ordinal));
        Assert.Contains(wrong.Errors, error => error.StartsWith("Estate:Speed is 500", StringComparison.Ordinal));
        Assert.Contains(wrong.Errors, error => error.StartsWith("Estate:Faults:0 is \"earthquake\"", StringComparison.Ordinal));
        Assert.Contains(wrong.Errors, error => error.StartsWith("Security:SignInsPerMinute", StringComparison.Ordinal));
        Assert.All(wrong.Errors, error => Assert.Contains($"\n  {error}", wrong.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Estate:Speed")]
    [InlineData("Storage:AnchorEvery")]
    public void Value_of_the_wrong_type_is_named_by_its_key(string key)
    {
        var wrong = Assert.Throws<ConfigurationException>(() => Build($"--{key}=fast"));

        Assert.Contains(wrong.Errors, error => error.Contains(key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "false", "Testing:CrashDirectory ends the process on purpose")]
    [InlineData("nowhere", "true", "Testing:CrashDirectory is '")]
    public void Crash_on_purpose_is_refused_without_the_switch_for_tests_and_a_place_for_its_steps(string folder, string enabled, string beginning) => Assert.Contains(
        Assert.Throws<ConfigurationException>(() => Build($"--Testing:CrashDirectory={Path.Combine(_directory, folder)}", $"--Testing:Enabled={enabled}")).Errors,
        error => error.StartsWith(beginning, StringComparison.Ordinal));

    [Fact]
    public void Catalog_that_is_missing_is_named() => Assert.Contains(
        Assert.Throws<ConfigurationException>(() => Build($"--Catalog:Directory={Path.Combine(_directory, "nowhere")}")).Errors,
        error => error.StartsWith("catalog: ", StringComparison.Ordinal));

    [Fact]
    public async Task Blazor_script_is_the_one_that_was_tried()
    {
        await using var app = Build();
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = AddressOf(app), Timeout = TimeSpan.FromSeconds(20) };

        var script = await client.GetByteArrayAsync("/_framework/blazor.web.js");

        Assert.Equal("9e4b324dd37a521ae407524dd291709e5b7bb1355d4d4698e4a047a9b4fe87c2", Convert.ToHexStringLower(SHA256.HashData(script)));
        await app.StopAsync();
    }

    [Fact]
    public async Task Pages_and_refusals_carry_the_security_headers()
    {
        await using var app = Build();
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = AddressOf(app), Timeout = TimeSpan.FromSeconds(20) };

        using var page = await client.GetAsync("/");
        using var stranger = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate");
        stranger.Headers.Add("Origin", "https://evil.example");
        using var refused = await client.SendAsync(stranger);

        Assert.Equal((200, 403), ((int)page.StatusCode, (int)refused.StatusCode));
        Assert.All([page, refused], response =>
        {
            Assert.Contains("script-src 'self';", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        });
        Assert.Contains("Simulated estate", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await app.StopAsync();
    }

    private static Uri AddressOf(Microsoft.AspNetCore.Builder.WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    private Microsoft.AspNetCore.Builder.WebApplication Build(params string[] args) => CockpitServer.Build(
        ["--applicationName=Cockpit", "--urls=http://127.0.0.1:0", $"--Storage:DataDirectory={_directory}", .. args], builder => builder.Logging.ClearProviders());
}
