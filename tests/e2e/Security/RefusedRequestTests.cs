using System.Net;
using Cockpit.E2E.Support;

namespace Cockpit.E2E.Security;

/// <summary>What the server answers to requests that no page of its own would send, and what it says with every answer.</summary>
public sealed class RefusedRequestTests : IClassFixture<EmbeddedCockpit>, IDisposable
{
    private readonly CockpitApp _app;
    private readonly HttpClient _client;

    public RefusedRequestTests(EmbeddedCockpit embedded)
    {
        _app = embedded.App;
        _client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = _app.Address };
    }

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("/")]
    [InlineData("/sign-in")]
    [InlineData("/no-such-page")]
    [InlineData("/app.css")]
    public async Task Every_answer_forbids_foreign_scripts_and_frames(string path)
    {
        using var answer = await _client.GetAsync(path);

        var policy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("object-src 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", string.Join(' ', answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", string.Join(' ', answer.Headers.GetValues("Referrer-Policy")));
        Assert.True(answer.Headers.Contains("Permissions-Policy"));
    }

    [Fact]
    public async Task Page_that_does_not_exist_says_so_with_its_status()
    {
        using var answer = await _client.GetAsync("/no-such-page");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("There is no such page.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/sign-in/demo")]
    [InlineData("/sign-out")]
    public async Task Form_without_its_antiforgery_token_is_refused(string path)
    {
        using var answer = await PostAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(answer.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(cookie => cookie.StartsWith("cockpit=", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("/_blazor/negotiate?negotiateVersion=1", "https://elsewhere.example", HttpStatusCode.Forbidden)]
    [InlineData("/_blazor?id=1", "null", HttpStatusCode.Forbidden)]
    [InlineData("/hubs/live/negotiate?negotiateVersion=1", "https://elsewhere.example", HttpStatusCode.Forbidden)]
    [InlineData("/_blazor/negotiate?negotiateVersion=1", null, HttpStatusCode.OK)]
    public async Task Hub_refuses_pages_of_other_origins(string path, string? origin, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Add("Origin", origin ?? _app.Address.GetLeftPart(UriPartial.Authority));

        using var answer = await _client.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Signing_in_too_often_from_one_address_is_refused_for_a_while()
    {
        await using var strict = await CockpitApp.StartAsync(["--Security:SignInsPerMinute", "3"]);
        var answers = new List<HttpStatusCode>();

        for (var attempt = 0; attempt < 4; attempt++)
        {
            using var answer = await PostAsync(new Uri(strict.Address, "/sign-in").ToString());
            answers.Add(answer.StatusCode);
        }

        Assert.Equal([HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.TooManyRequests], answers);
    }

    private async Task<HttpResponseMessage> PostAsync(string path)
    {
        using var form = new FormUrlEncodedContent([new("name", "ada"), new("password", "guess"), new("identity", "demo-admin")]);
        return await _client.PostAsync(path, form);
    }
}
