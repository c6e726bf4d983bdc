using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Cockpit.UseCases.Notifying;

namespace Cockpit.Connectors.Notifications;

/// <summary>One request to a provider over HTTP, and what its answer means for the message.</summary>
internal static class Post
{
    private const int LongestDetail = 200;

    public static HttpClient Client() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        UseCookies = false,
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    public static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    /// <summary>Sends it. Trouble on the way and a provider's own trouble may pass; what it refuses it will refuse again.</summary>
    public static async Task<DeliveryAnswer> SendAsync(HttpClient http, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var detail = $"{(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd();
            if (response.IsSuccessStatusCode) return new DeliveryAnswer.Taken(detail);
            var mayPass = (int)response.StatusCode >= 500
                || response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or (HttpStatusCode)425;
            return mayPass ? new DeliveryAnswer.TryAgain($"the provider answered {detail}", LeaveAlone(response)) : new DeliveryAnswer.Refused($"the provider answered {detail}");
        }
        catch (HttpRequestException unreachable)
        {
            // The message names host and port, never the path: webhook addresses carry their secret there.
            var why = unreachable.HttpRequestError.ToString();
            return new DeliveryAnswer.TryAgain($"the provider cannot be reached ({why[..Math.Min(why.Length, LongestDetail)]})");
        }
        catch (IOException broken)
        {
            return new DeliveryAnswer.TryAgain($"the connection broke ({broken.GetType().Name})");
        }
    }

    /// <summary>A length of time or an instant; an instant counts from the provider's own clock, where it tells that.</summary>
    private static TimeSpan? LeaveAlone(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } when delta > TimeSpan.Zero => delta,
        { Date: { } date } when response.Headers.Date is { } now && date > now => date - now,
        _ => null,
    };
}
