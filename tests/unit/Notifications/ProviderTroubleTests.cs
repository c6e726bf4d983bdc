using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Cockpit.Connectors.Notifications;
using Cockpit.Domain.Incidents;
using Cockpit.Domain.OnCall;
using Cockpit.Tests.Incidents;
using Cockpit.Tests.Recording;

namespace Cockpit.Tests.Notifications;

/// <summary>Nights on which a provider's own server is in trouble: real connections, the night's clock.</summary>
public sealed class ProviderTroubleTests : IAsyncDisposable
{
    private readonly Provider _provider = new();
    private readonly HttpClient _http = Post.Client();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Provider_that_accepts_and_never_answers_is_given_up_after_ten_seconds_and_delays_no_other_way()
    {
        _provider.Hangs = true;
        var chat = new FakeChannel(ContactChannel.Slack);
        await using var night = await Night.BeginAsync(null, Push(_provider.Address), chat);
        await night.TellAsync(Night.Alert());
        var look = night.LookAsync();
        await Eventually.TrueAsync(() => _provider.Requests.Count == 1 && night.Only.Deliveries.ContainsKey("1-1-slack-2"));
        Assert.False(look.IsCompleted);

        night.Clock.Advance(TimeSpan.FromSeconds(10));
        await look;

        Assert.Equal((DeliveryOutcome.Failed, DeliveryOutcome.Sent), (night.Only.Deliveries["1-1-push-1"].Outcome, night.Only.Deliveries["1-1-slack-2"].Outcome));
        Assert.Contains(night.Only.Timeline, entry => entry.Text == "push to Jonas Lindqvist: failed, trying again (no answer within 10\u202Fs)");
        _provider.Hangs = false;
        night.Clock.Advance(TimeSpan.FromSeconds(5));
        night.Begin();
        await Eventually.TrueAsync(() => _provider.Requests.Count == 2);
        Assert.Single(_provider.Requests.Select(asked => JsonDocument.Parse(asked.Body).RootElement.GetProperty("sequence_id").GetString()).Distinct());
    }

    [Theory]
    [InlineData(500, null, 5)]
    [InlineData(503, 1, 5)]
    [InlineData(429, 60, 60)]
    [InlineData(429, 86_400, 120)]
    public async Task Provider_in_trouble_is_asked_again_when_it_wants_to_be_but_not_too_late_to_wake_anybody(int status, int? retryAfter, int after)
    {
        (_provider.Status, _provider.RetryAfter) = (status, retryAfter);
        await using var night = await Night.BeginAsync(null, Push(_provider.Address));
        await night.TellAsync(Night.Alert());
        await night.LookAsync();
        (_provider.Status, _provider.RetryAfter) = (200, null);

        night.Clock.Advance(TimeSpan.FromSeconds(after - 1));
        await night.LookAsync();
        Assert.Single(_provider.Requests);
        night.Clock.Advance(TimeSpan.FromSeconds(1));
        await night.LookAsync();

        Assert.Equal(2, _provider.Requests.Count);
        Assert.Equal((DeliveryOutcome.Sent, 2), (night.Only.Deliveries["1-1-push-1"].Outcome, night.Only.Deliveries["1-1-push-1"].Attempts));
    }

    [Theory]
    [InlineData("I am no web server\r\n\r\n")]
    [InlineData("HTTP/1.1 200")]
    [InlineData("")]
    public async Task Provider_that_answers_garbage_counts_as_in_trouble(string garbage)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = BabbleAsync(listener, garbage);
        await using var night = await Night.BeginAsync(null, Push(new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/")));
        await night.TellAsync(Night.Alert());

        await night.LookAsync();

        Assert.Equal(DeliveryOutcome.Failed, night.Only.Deliveries["1-1-push-1"].Outcome);
        listener.Stop();
        await serving;
    }

    [Fact]
    public async Task Mail_server_that_accepts_and_never_greets_is_given_up_after_ten_seconds()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var night = await Night.BeginAsync(null, new MailChannel(new MailServer("127.0.0.1", port, false, null, null, "cockpit@example.org")));
        await night.TellAsync(Night.Alert());
        var look = night.LookAsync();
        using var silent = await listener.AcceptTcpClientAsync();

        night.Clock.Advance(TimeSpan.FromSeconds(10));
        await look;

        Assert.Contains(night.Only.Timeline, entry => entry.Text.StartsWith("email to Jonas Lindqvist: failed, trying again (no answer within", StringComparison.Ordinal));
    }

    private NtfyChannel Push(Uri server) => new(_http, server, null, null, null);

    private static async Task BabbleAsync(TcpListener listener, string garbage)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await client.GetStream().ReadAtLeastAsync(new byte[16], 16);
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(garbage));
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            return;
        }
    }
}
