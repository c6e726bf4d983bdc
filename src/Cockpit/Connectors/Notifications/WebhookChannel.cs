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
                text = message.Text,
                person = message.Person,
                level = message.Level,
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
        var link = message.Link is { } url ? $"\n<{url}|Open the incident>" : "";
        var text = $"*{message.Severity} {Escaped(message.Title)}*\n{Escaped(message.Text)}\nPaged: {Escaped(message.Person)}, level {message.Level}.{link}";
        var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new { text })),
        };
        request.Content.Headers.ContentType = new("application/json");
        return Post.SendAsync(http, request, cancellationToken);
    }

    /// <summary>Three characters mean something there; a label must not call everybody.</summary>
    private static string Escaped(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
