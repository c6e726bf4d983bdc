using System.Text.Json.Nodes;
using Cockpit.Connectors.Notices;
using Cockpit.Tests.Connectors.Faults;
using Cockpit.Tests.Notifications;
using Cockpit.Tests.Support;
using Cockpit.UseCases.Executing;

namespace Cockpit.Tests.Connectors.Notices;

/// <summary>Messages to stakeholders, to a receiver that answers, refuses, hangs or is not there.</summary>
public sealed class WebhookNoticesTests : IAsyncLifetime
{
    private static readonly StakeholderNotice Notice = new("e-1", ["trading-desk", "risk-engineer"], "high", "Prices may be late.");

    private readonly Provider _receiver = new();
    private readonly FakeClock _clock = new();
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Message_is_posted_once_with_the_executions_id_as_its_key()
    {
        var answer = await SendAsync();

        Assert.Equal(new TargetAnswer<string>.Done("told trading-desk, risk-engineer"), answer);
        var asked = Assert.Single(_receiver.Requests);
        Assert.Equal("e-1", asked.Headers["Idempotency-Key"]);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"id":"e-1","to":["trading-desk","risk-engineer"],"severity":"high","text":"Prices may be late."}"""), JsonNode.Parse(asked.Body)), asked.Body);
    }

    [Theory]
    [InlineData(400, true)]
    [InlineData(404, true)]
    [InlineData(302, false)]
    [InlineData(500, false)]
    [InlineData(503, false)]
    public async Task Receiver_that_refuses_did_not_tell_anybody_and_one_that_fails_may_have(int status, bool refused)
    {
        _receiver.Status = status;

        var why = Assert.IsType<TargetAnswer<string>.Failed>(await SendAsync()).Why;

        Assert.Equal(refused ? new TargetFailure.Invalid($"the receiver of notices answered {status}") : new TargetFailure.Unreachable($"the receiver of notices answered {status}"), why);
        Assert.Single(_receiver.Requests);
    }

    [Fact]
    public async Task Receiver_that_hangs_may_have_told_them_and_is_not_asked_again()
    {
        _receiver.Hangs = true;
        var sending = SendAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10), TimeProvider.System);
        while (_receiver.Requests.IsEmpty) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(new TargetFailure.Unreachable("the receiver of notices did not answer in time"), Assert.IsType<TargetAnswer<string>.Failed>(await sending).Why);
        Assert.Single(_receiver.Requests);
    }

    [Fact]
    public async Task Caller_who_gives_up_is_told_by_an_exception()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Notices(_receiver.Address).SendAsync(Notice, gone.Token));
        Assert.Empty(_receiver.Requests);
    }

    [Fact]
    public async Task Receiver_that_is_not_there_is_named()
    {
        await using var nobody = FaultyServer.Absent((_, _) => Task.CompletedTask);

        var why = Assert.IsType<TargetAnswer<string>.Failed>(
            await Notices(new Uri($"http://127.0.0.1:{nobody.Port}/")).SendAsync(Notice, CancellationToken.None)).Why;

        Assert.StartsWith("the receiver of notices ", Assert.IsType<TargetFailure.Unreachable>(why).Message, StringComparison.Ordinal);
    }

    private Task<TargetAnswer<string>> SendAsync() => Notices(_receiver.Address).SendAsync(Notice, CancellationToken.None);

    private WebhookNotices Notices(Uri address) => new(new NoticeOptions { Webhook = address }, _http, _clock);
}
