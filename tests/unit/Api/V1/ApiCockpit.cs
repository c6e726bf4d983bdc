using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cockpit.Domain.Executions;
using Cockpit.Hosting;
using Cockpit.Live;
using Cockpit.Security;
using Cockpit.UseCases.SigningIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cockpit.Tests.Api.V1;

/// <summary>The whole server with card 1 in trouble, and clients that call it as a token, as a person with a cookie, or as nobody.</summary>
public sealed class ApiCockpit : IAsyncLifetime
{
    public const string Card = "/api/v1/cards/degraded-websockets";

    private static readonly Actor Admin = DemoIdentities.All.Single(actor => actor.Id == "demo-admin");

    private readonly string _directory = Directory.CreateTempSubdirectory("cockpit-api-").FullName;
    private WebApplication _app = null!;
    private Uri _address = null!;

    public IServiceProvider Services => _app.Services;

    public Task InitializeAsync() => InitializeAsync("--Security:ActionsPerMinute", "100000");

    public async Task InitializeAsync(params string[] settings)
    {
        _app = CockpitServer.Build(
        [
            "--urls", "http://127.0.0.1:0", "--applicationName", "Cockpit", "--Storage:DataDirectory", _directory, "--Estate:Faults:0", "degraded-websockets",
            "--Estate:Speed", "60", "--Security:SignInsPerMinute", "1000", .. settings,
        ], builder => builder.Logging.ClearProviders());
        await _app.StartAsync();
        _address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        var feed = Services.GetRequiredService<SnapshotFeed>();
        for (var snapshot = feed.Current; snapshot.Health?.Card("degraded-websockets") is not { Matching: > 0 };)
            snapshot = await feed.NextAsync(snapshot.Number, patience.Token);
    }

    /// <summary>A program with a new token of these roles.</summary>
    internal async Task<HttpClient> ProgramAsync(params Role[] roles)
    {
        var created = Assert.IsType<TokenOutcome.Created>(await Services.GetRequiredService<TokenHandler>().CreateAsync(
            $"t-{Guid.NewGuid():N}", roles, Admin, CancellationToken.None));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10), TimeProvider.System);
        while (Services.GetRequiredService<TokenBook>().WithKey(created.Key) is null)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        var client = Nobody();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", created.Key);
        return client;
    }

    /// <summary>A person in a browser of this site.</summary>
    internal async Task<HttpClient> PersonAsync(string identity)
    {
        var client = Nobody();
        var page = await client.GetStringAsync("/sign-in");
        var form = new Dictionary<string, string>
        {
            ["identity"] = identity,
            ["returnUrl"] = "/",
            ["__RequestVerificationToken"] = System.Text.RegularExpressions.Regex.Match(page, "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"").Groups[1].Value,
        };
        using var entered = await client.PostAsync("/sign-in/demo", new FormUrlEncodedContent(form));
        Assert.True((int)entered.StatusCode < 400, $"sign-in answered {entered.StatusCode}");
        client.DefaultRequestHeaders.Add("Origin", _address.GetLeftPart(UriPartial.Authority));
        return client;
    }

    internal HttpClient Nobody() => new(new HttpClientHandler { CookieContainer = new System.Net.CookieContainer(), AllowAutoRedirect = false })
    {
        BaseAddress = _address,
        Timeout = TimeSpan.FromSeconds(30),
    };

    internal static async Task<(int Status, JsonNode Body)> PostAsync(HttpClient client, string path, object? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body ?? new { }) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var response = await client.SendAsync(request);
        return await ReadAsync(response);
    }

    internal static async Task<(int Status, JsonNode Body)> GetAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        return await ReadAsync(response);
    }

    internal static async Task<(int Status, JsonNode Body)> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        try
        {
            return ((int)response.StatusCode, JsonNode.Parse(text)!);
        }
        catch (JsonException)
        {
            throw new InvalidOperationException($"{response.StatusCode} without JSON: {text}");
        }
    }

    /// <summary>Type and sentence of a refusal.</summary>
    internal static (string Type, string Sentence) Problem(JsonNode body) =>
        (((string)body["type"]!)["urn:cockpit:problem:".Length..], (string)body["detail"]!);

    public async Task DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_directory, true);
    }
}
