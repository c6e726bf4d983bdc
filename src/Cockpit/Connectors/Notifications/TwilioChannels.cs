using System.Globalization;
using System.Net.Http.Headers;
using System.Xml.Linq;
using Cockpit.Domain.OnCall;
using Cockpit.UseCases.Notifying;

namespace Cockpit.Connectors.Notifications;

/// <summary>An account at a provider that speaks Twilio's protocol.</summary>
/// <param name="Server">Its base address.</param>
/// <param name="Account">Id of the account.</param>
/// <param name="Token">Its secret.</param>
/// <param name="From">The number that calls and writes.</param>
internal sealed record TwilioAccount(Uri Server, string Account, string Token, string From)
{
    public HttpRequestMessage Request(string resource, params (string Name, string Value)[] fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Server, $"2010-04-01/Accounts/{Uri.EscapeDataString(Account)}/{resource}.json"))
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        request.Headers.Authorization = Post.Basic(Account, Token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return request;
    }
}

/// <summary>Text messages. The key stands at the end: two with the same are one.</summary>
internal sealed class SmsChannel(HttpClient http, TwilioAccount account) : INotificationChannel
{
    private const int LongestText = 600;

    public ContactChannel Channel => ContactChannel.Sms;

    public bool IsPersonal => true;

    public Task<DeliveryAnswer> SendAsync(PageMessage message, string? address, CancellationToken cancellationToken)
    {
        var text = message.Line;
        var body = $"{(text.Length > LongestText ? text[..LongestText] + "…" : text)} [{message.Key}]";
        var request = account.Request("Messages", ("To", address!), ("From", account.From), ("Body", body));
        request.Headers.Add("Idempotency-Key", message.Key);
        return Post.SendAsync(http, request, cancellationToken);
    }
}

/// <summary>Calls that read the page aloud and take a pressed 1 for an acknowledgement.</summary>
internal sealed class VoiceChannel(HttpClient http, TwilioAccount account) : INotificationChannel
{
    private static readonly string Patience = 10.ToString(CultureInfo.InvariantCulture);

    public ContactChannel Channel => ContactChannel.Voice;

    public bool IsPersonal => true;

    public Task<DeliveryAnswer> SendAsync(PageMessage message, string? address, CancellationToken cancellationToken)
    {
        var request = account.Request("Calls", ("To", address!), ("From", account.From), ("Twiml", Speech(message)));
        request.Headers.Add("Idempotency-Key", message.Key);
        return Post.SendAsync(http, request, cancellationToken);
    }

    internal static string Speech(PageMessage message)
    {
        var say = new XElement("Say", message.Line);
        var response = message.AcknowledgeLink is not { } link
            ? new XElement("Response", say)
            : new XElement("Response",
                new XElement("Gather",
                    new XAttribute("numDigits", "1"), new XAttribute("timeout", Patience), new XAttribute("method", "POST"), new XAttribute("action", link),
                    say, new XElement("Say", "Press 1 to acknowledge.")),
                new XElement("Say", "You have not acknowledged. Goodbye."));
        return response.ToString(SaveOptions.DisableFormatting);
    }
}
