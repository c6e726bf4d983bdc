using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace Cockpit.Tests.Mobile;

/// <summary>A phone that knows links and forms and nothing else: no scripts, and no redirect is followed unseen.</summary>
internal sealed partial class Phone(Uri cockpit) : IDisposable
{
    public const string AlertToken = "a-token-of-the-test";

    public HttpClient Http { get; } = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = cockpit };

    /// <summary>A page that must be there.</summary>
    public async Task<string> GetAsync(string path)
    {
        using var answer = await Http.GetAsync(path);
        Assert.Equal((path, HttpStatusCode.OK), (path, answer.StatusCode));
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    public async Task SignInAsync(string identity)
    {
        using var answer = await SubmitAsync("/sign-in/demo", await GetAsync("/sign-in"), ("identity", identity), ("returnUrl", "/m"));
        Assert.Equal("/m", answer.Headers.Location!.ToString());
    }

    /// <summary>Sends a form of a page.</summary>
    public Task<HttpResponseMessage> SubmitAsync(string path, string page, params (string Name, string Value)[] fields)
    {
        var token = WebUtility.HtmlDecode(TokenOf().Match(page).Groups[1].Value);
        return Http.PostAsync(path, new FormUrlEncodedContent(
            fields.Append(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2))));
    }

    /// <summary>What Alertmanager posts.</summary>
    public async Task<HttpResponseMessage> DeliverAsync(string body, AuthenticationHeaderValue? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/alertmanager") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = authorization;
        return await Http.SendAsync(request);
    }

    /// <summary>An alert from Alertmanager that is taken.</summary>
    public async Task AlertAsync(string status = "firing", string annotations = "")
    {
        using var answer = await DeliverAsync(Delivery(status, annotations), new AuthenticationHeaderValue("Bearer", AlertToken));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>The value of a hidden field.</summary>
    public static string Hidden(string page, string name) => Regex.Match(page, $"name=\"{name}\" value=\"([^\"]*)\"").Groups[1].Value;

    public void Dispose() => Http.Dispose();

    private static string Delivery(string status, string annotations) =>
        $$$"""{"version":"4","groupKey":"g","status":"{{{status}}}","alerts":[{"status":"{{{status}}}","labels":{"alertname":"Down","severity":"warning"},"annotations":{"summary":"The API is down"{{{annotations}}}},"startsAt":"2026-11-22T03:12:00Z"}]}""";

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex TokenOf();
}
