using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using System.Xml.Linq;
using Cockpit.Connectors.Notifications;
using Cockpit.Domain.Alerts;
using Cockpit.Tests.Incidents;
using Cockpit.UseCases.Notifying;

namespace Cockpit.Tests.Notifications;

/// <summary>Each way against a local server that speaks its provider's protocol.</summary>
public sealed class ChannelTests : IAsyncDisposable
{
    private static readonly PageMessage Message = new(
        "214-1-push-1", "214", Severity.P1, "Redis is slow <& \"so\">", "P1 Redis is slow", "P1 since 2 min, 3 alerts fire.\nYour part: Acknowledge within 5 minutes.", "Jonas Lindqvist", 1, ["Acknowledge within 5 minutes"],
        new Uri("https://cockpit.example/m/incidents/214"), new Uri("https://cockpit.example/m/ack/TOKEN"));

    private readonly Provider _provider = new();
    private readonly HttpClient _http = Post.Client();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Push_carries_the_topic_an_urgent_priority_and_a_button_that_acknowledges()
    {
        var answer = await new NtfyChannel(_http, _provider.Address, "tk_1", null, null).SendAsync(Message, "jonas-pager", CancellationToken.None);

        var asked = Assert.Single(_provider.Requests);
        var body = JsonDocument.Parse(asked.Body).RootElement;
        var button = body.GetProperty("actions")[0];
        Assert.Equal(("POST", "/", "Bearer tk_1"), (asked.Method, asked.Path, asked.Authorization));
        Assert.Equal(("jonas-pager", 5, "214-1-push-1"), (body.GetProperty("topic").GetString(), body.GetProperty("priority").GetInt32(), body.GetProperty("sequence_id").GetString()));
        Assert.Equal(("http", "Acknowledge", "POST", "https://cockpit.example/m/ack/TOKEN"),
            (button.GetProperty("action").GetString(), button.GetProperty("label").GetString(), button.GetProperty("method").GetString(), button.GetProperty("url").GetString()));
        Assert.Equal(new DeliveryAnswer.Taken("200 OK"), answer);
    }

    [Fact]
    public async Task Text_message_goes_to_the_account_with_its_number_and_ends_with_the_key()
    {
        var account = new TwilioAccount(_provider.Address, "AC1", "secret", "+4670000");

        await new SmsChannel(_http, account).SendAsync(Message, "+46701234", CancellationToken.None);

        var asked = Assert.Single(_provider.Requests);
        var fields = HttpUtility.ParseQueryString(asked.Body);
        Assert.Equal(("/2010-04-01/Accounts/AC1/Messages.json", $"Basic {Convert.ToBase64String("AC1:secret"u8)}"), (asked.Path, asked.Authorization));
        Assert.Equal(("+46701234", "+4670000"), (fields["To"], fields["From"]));
        Assert.Equal("P1 since 2 min, 3 alerts fire. Your part: Acknowledge within 5 minutes. [214-1-push-1]", fields["Body"]);
    }

    [Fact]
    public async Task Call_reads_the_page_aloud_and_gathers_a_digit_that_acknowledges()
    {
        await new VoiceChannel(_http, new TwilioAccount(_provider.Address, "AC1", "secret", "+4670000")).SendAsync(Message, "+46701234", CancellationToken.None);

        var speech = XElement.Parse(HttpUtility.ParseQueryString(Assert.Single(_provider.Requests).Body)["Twiml"]!);
        Assert.Equal("https://cockpit.example/m/ack/TOKEN", speech.Element("Gather")!.Attribute("action")!.Value);
        Assert.Equal("P1 since 2 min, 3 alerts fire. Your part: Acknowledge within 5 minutes.", speech.Element("Gather")!.Element("Say")!.Value);
    }

    [Fact]
    public async Task Webhook_is_signed_over_its_very_bytes()
    {
        await new WebhookChannel(_http, new Uri(_provider.Address, "hook"), "s3cret").SendAsync(Message, null, CancellationToken.None);

        var asked = Assert.Single(_provider.Requests);
        Assert.Equal("sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData("s3cret"u8, Encoding.UTF8.GetBytes(asked.Body))), asked.Headers["X-Cockpit-Signature"]);
        Assert.Equal("214-1-push-1", JsonDocument.Parse(asked.Body).RootElement.GetProperty("key").GetString());
    }

    [Fact]
    public async Task Chat_message_cannot_call_everybody_through_a_label()
    {
        var person = Night.Catalog.OnCall!.People[0];
        var chat = new SlackChannel(_http, _provider.Address);

        await Night.Messenger([chat], TimeProvider.System).TellAsync(
            person, new Notice("k", Severity.P1, "<!channel> down", "It is <& so>.", "/on-call"), calls: false, CancellationToken.None);

        var text = JsonDocument.Parse(Assert.Single(_provider.Requests).Body).RootElement.GetProperty("text").GetString()!;
        Assert.Equal("*&lt;!channel&gt; down*\nIt is &lt;&amp; so&gt;.\n<https://cockpit.example/on-call|Look at it>", text);
    }

    [Theory]
    [InlineData(500, true)]
    [InlineData(503, true)]
    [InlineData(429, true)]
    [InlineData(408, true)]
    [InlineData(400, false)]
    [InlineData(401, false)]
    [InlineData(404, false)]
    [InlineData(302, false)]
    public async Task Provider_that_refuses_is_not_asked_again_one_in_trouble_is(int status, bool again)
    {
        _provider.Status = status;

        var answer = await new SlackChannel(_http, _provider.Address).SendAsync(Message, null, CancellationToken.None);

        Assert.Equal(again ? typeof(DeliveryAnswer.TryAgain) : typeof(DeliveryAnswer.Refused), answer.GetType());
    }

    [Fact]
    public async Task Provider_that_is_not_there_says_so_without_its_secret_address()
    {
        var answer = await new SlackChannel(_http, new Uri("http://127.0.0.1:1/services/SECRET")).SendAsync(Message, null, CancellationToken.None);

        Assert.DoesNotContain("SECRET", Assert.IsType<DeliveryAnswer.TryAgain>(answer).Reason);
    }

    [Fact]
    public async Task Mail_arrives_with_the_key_as_its_id()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var heard = HearMailAsync(listener);
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var answer = await new MailChannel(new MailServer("127.0.0.1", port, false, null, null, "cockpit@example.org")).SendAsync(Message, "jonas@example.org", CancellationToken.None);

        Assert.IsType<DeliveryAnswer.Taken>(answer);
        var text = await heard.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Contains("RCPT TO:<jonas@example.org>", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("<214-1-push-1@example.org>", text);
    }

    [Fact]
    public async Task Mail_server_that_refuses_the_recipient_is_not_asked_again()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var heard = HearMailAsync(listener, "550 no such user");

        var answer = await new MailChannel(new MailServer("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, false, null, null, "cockpit@example.org"))
            .SendAsync(Message, "nobody@example.org", CancellationToken.None);

        Assert.IsType<DeliveryAnswer.Refused>(answer);
        await heard.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Heartbeat_asks_and_tells_why_it_failed()
    {
        var beat = new OutsideHeartbeat(_http, new Uri(_provider.Address, "ping/1"), TimeSpan.FromSeconds(30), TimeProvider.System);

        Assert.Null(await beat.BeatAsync(CancellationToken.None));
        _provider.Status = 500;
        Assert.Equal("the provider answered 500 Internal Server Error", await beat.BeatAsync(CancellationToken.None));
        Assert.Equal(["GET /ping/1", "GET /ping/1"], _provider.Requests.Select(asked => $"{asked.Method} {asked.Path}"));
    }

    /// <summary>A mail server's side of one conversation.</summary>
    private static async Task<string> HearMailAsync(TcpListener listener, string recipientAnswer = "250 ok")
    {
        using var client = await listener.AcceptTcpClientAsync();
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        await using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII) { AutoFlush = true, NewLine = "\r\n" };
        var heard = new StringBuilder();
        await writer.WriteLineAsync("220 test");
        var isData = false;
        while (await reader.ReadLineAsync() is { } line)
        {
            heard.AppendLine(line);
            if (isData)
            {
                if (line != ".") continue;
                isData = false;
                await writer.WriteLineAsync("250 taken");
                continue;
            }

            var word = line.Split(' ')[0].ToUpperInvariant();
            if (word == "QUIT")
            {
                await writer.WriteLineAsync("221 bye");
                break;
            }

            isData = word == "DATA";
            await writer.WriteLineAsync(word switch { "DATA" => "354 go on", "RCPT" => recipientAnswer, _ => "250 ok" });
        }

        return heard.ToString();
    }
}
