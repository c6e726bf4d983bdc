using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using Cockpit.Domain.OnCall;
using Cockpit.UseCases.Notifying;

namespace Cockpit.Connectors.Notifications;

/// <summary>A mail server.</summary>
/// <param name="Host">Its name.</param>
/// <param name="Port">Its port.</param>
/// <param name="StartTls">Whether the connection must be upgraded to TLS before anything is said.</param>
/// <param name="User">Name to sign in with; null for none.</param>
/// <param name="Password">The password.</param>
/// <param name="From">Who writes.</param>
internal sealed record MailServer(string Host, int Port, bool StartTls, string? User, string? Password, string From);

/// <summary>Mails. The message's id is made of the key, so that a mailbox recognises a repetition.</summary>
/// <remarks>The framework's own client: it upgrades with STARTTLS but cannot speak TLS from the first byte (port 465).</remarks>
internal sealed class MailChannel(MailServer server) : INotificationChannel
{
    public ContactChannel Channel => ContactChannel.Email;

    public bool IsPersonal => true;

    public async Task<DeliveryAnswer> SendAsync(PageMessage message, string? address, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient(server.Host, server.Port) { EnableSsl = server.StartTls };
        if (server.User is { } user) client.Credentials = new NetworkCredential(user, server.Password);
        try
        {
            using var mail = new MailMessage(server.From, address!, OneLine(message.Subject), message.Text);
            mail.Headers.Add("Message-ID", $"<{message.Key}@{new MailAddress(server.From).Host}>");
            mail.Priority = MailPriority.High;
            await client.SendMailAsync(mail, cancellationToken);
            return new DeliveryAnswer.Taken("the mail server took it");
        }
        catch (FormatException wrong)
        {
            return new DeliveryAnswer.Refused($"an address is wrong ({wrong.Message})");
        }
        catch (SmtpFailedRecipientException refused)
        {
            return new DeliveryAnswer.Refused($"the mail server refused the recipient ({refused.StatusCode})");
        }
        catch (SmtpException failed)
        {
            return failed.StatusCode is SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.MailboxNameNotAllowed
                ? new DeliveryAnswer.Refused($"the mail server refused it ({failed.StatusCode})")
                : new DeliveryAnswer.TryAgain($"the mail server failed ({failed.StatusCode})");
        }
        catch (Exception broken) when (broken is IOException or SocketException)
        {
            return new DeliveryAnswer.TryAgain($"the connection broke ({broken.GetType().Name})");
        }
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[])['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));
}
