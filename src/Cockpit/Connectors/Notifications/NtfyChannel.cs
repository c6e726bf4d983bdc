using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.OnCall;
using Cockpit.UseCases.Notifying;

namespace Cockpit.Connectors.Notifications;

/// <summary>Push messages through a server that speaks ntfy's protocol. A person's address is a topic.</summary>
internal sealed class NtfyChannel(HttpClient http, Uri server, string? token, string? user, string? password) : INotificationChannel
{
    private const int Urgent = 5;
    private const int High = 4;
    private const int Usual = 3;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public ContactChannel Channel => ContactChannel.Push;

    public bool IsPersonal => true;

    public Task<DeliveryAnswer> SendAsync(PageMessage message, string? address, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, server)
        {
            Content = JsonContent.Create(
                new Publication(
                    address!, message.Subject, message.Text,
                    message.Incident is null ? Usual : message.Severity == Severity.P1 ? Urgent : message.Severity == Severity.P2 ? High : Usual,
                    message.Link, [.. Actions(message)], message.Key),
                options: Json),
        };
        request.Headers.Authorization = token is not null ? new AuthenticationHeaderValue("Bearer", token)
            : user is not null ? Post.Basic(user, password ?? "") : null;
        return Post.SendAsync(http, request, cancellationToken);
    }

    private static IEnumerable<Button> Actions(PageMessage message)
    {
        if (message.AcknowledgeLink is { } acknowledge) yield return new Button("http", "Acknowledge", acknowledge, "POST", true);
        if (message.Link is { } link) yield return new Button("view", "Open", link, null, null);
    }

    /// <param name="Topic">Whom it reaches.</param>
    /// <param name="Title">First line.</param>
    /// <param name="Message">The rest.</param>
    /// <param name="Priority">1 to 5.</param>
    /// <param name="Click">What a tap opens.</param>
    /// <param name="Actions">Buttons.</param>
    /// <param name="SequenceId">A message with the same one replaces the earlier: this is how a repetition is recognised.</param>
    private sealed record Publication(
        string Topic, string Title, string Message, int Priority, Uri? Click, Button[] Actions, [property: JsonPropertyName("sequence_id")] string SequenceId);

    private sealed record Button(string Action, string Label, Uri Url, string? Method, bool? Clear);
}
