using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cockpit.Domain.OnCall;
using Cockpit.UseCases.Notifying;

namespace Cockpit.Connectors.Notifications;

/// <summary>Posts pages to another program, signed when a secret is set.</summary>
internal sealed class WebhookChannel(HttpClient http, Uri address, string? secret) : INotificationChannel
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public ContactChannel Channel => ContactChannel.Webhook;

    public bool IsPersonal => false;

    public Task<DeliveryAnswer> SendAsync(PageMessage message, string? toNobody, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                key = message.Key,
                incident = message.Incident,
                severity = message.Severity.ToString(),
                title = message.Title,
                subject = message.Subject,
                text = message.Text,
                person = message.Person,
                level = message.Level,
                duties = message.Duties,
                link = message.Link,
            },
            Json);
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("Idempotency-Key", message.Key);
        if (secret is not null)
            request.Headers.Add("X-Cockpit-Signature", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body)));
        return Post.SendAsync(http, request, cancellationToken);
    }
}

/// <summary>A message in the team's chat, to an incoming webhook that speaks Slack's protocol.</summary>
internal sealed class SlackChannel(HttpClient http, Uri address) : INotificationChannel
{
    public ContactChannel Channel => ContactChannel.Slack;

    public bool IsPersonal => false;

    public Task<DeliveryAnswer> SendAsync(PageMessage message, string? toNobody, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new { text = message.Text })),
        };
        request.Content.Headers.ContentType = new("application/json");
        return Post.SendAsync(http, request, cancellationToken);
    }

    /// <summary>Three characters mean something there; a label must not call everybody.</summary>
    public string Clean(string value) => value.Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
