using System.Net;
using System.Net.Sockets;
using System.Text;
using Cockpit.Connectors.Kubernetes.Api;
using Cockpit.Tests.Support;

namespace Cockpit.Tests.Connectors.Kubernetes;

public sealed class ServerFaultTests
{
    [Fact]
    public async Task Server_that_is_not_there_is_unreachable()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        using var client = Clients.At(new($"http://127.0.0.1:{port}"));

        Assert.Equal(new KubeFailure.Unreachable($"nothing listens at 127.0.0.1:{port}"), (await client.ReadAsync()).Failure());
    }

    [Fact]
    public async Task Server_that_never_answers_is_given_up_after_the_timeout()
    {
        await using var server = RawServer.Silent();
        var clock = new FakeClock();
        using var client = Clients.At(server.Address, clock);

        var reading = client.ReadAsync();
        await server.Connected.Task;
        Assert.False(reading.IsCompleted);
        clock.Advance(Clients.Timeout);

        Assert.Equal(new KubeFailure.Unreachable($"{server.Address.Authority} gave no complete answer within 5 s"), (await reading).Failure());
    }

    [Fact]
    public async Task Server_that_drips_is_given_up_after_the_timeout_however_often_it_drips()
    {
        var clock = new FakeClock();
        var dripped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new RawServer(async (stream, stop) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"u8.ToArray(), stop);
            for (var drop = 0; ; drop++)
            {
                await stream.WriteAsync(" "u8.ToArray(), stop);
                if (drop == 3) dripped.TrySetResult();
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, stop);
            }
        });
        using var client = Clients.At(server.Address, clock);

        var reading = client.ReadAsync();
        await dripped.Task;
        clock.Advance(Clients.Timeout);

        Assert.IsType<KubeFailure.Unreachable>((await reading).Failure());
    }

    [Theory]
    [InlineData("-ERR unknown command 'GET'\r\n", "answers, but not in HTTP")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", "answers, but not in HTTP")]
    [InlineData("", "hung up before its answer was complete")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"kind\":", "hung up before its answer was complete")]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"kind\":\"Deployment\",", "answers, but not as a Kubernetes API server does")]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<html>Welcome</html>", "answers, but not as a Kubernetes API server does")]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}", "answers, but not as a Kubernetes API server does")]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nnull", "answers, but not as a Kubernetes API server does")]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"metadata\":{\"name\":\"gateway\"},\"spec\":[]}", "answers, but not as a Kubernetes API server does")]
    public async Task Server_that_speaks_otherwise_is_unreachable(string says, string reason)
    {
        await using var server = RawServer.Saying(says);
        using var client = Clients.At(server.Address);

        Assert.Equal(new KubeFailure.Unreachable($"{server.Address.Authority} {reason}"), (await client.ReadAsync()).Failure());
    }

    [Fact]
    public async Task Answer_without_end_is_cut_off()
    {
        await using var server = await FakeApiServer.StartAsync();
        var chunk = Encoding.ASCII.GetBytes(new string(' ', 1 << 20));
        server.Answer = async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested) await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
        };
        using var client = Clients.At(server.Address, new FakeClock());

        Assert.Equal(new KubeFailure.Unreachable("the answer is larger than 32 MiB"), (await client.ReadAsync()).Failure());
    }

    [Fact]
    public async Task Plain_http_where_tls_is_expected_is_unreachable()
    {
        await using var server = await FakeApiServer.StartAsync();
        using var client = Clients.At(new UriBuilder(server.Address) { Scheme = "https" }.Uri);

        Assert.Equal(new KubeFailure.Unreachable($"{server.Address.Authority} does not complete a TLS handshake"), (await client.ReadAsync()).Failure());
    }

    [Fact]
    public async Task Redirect_is_not_followed()
    {
        await using var server = await FakeApiServer.StartAsync();
        server.Answer = context =>
        {
            context.Response.Redirect("/login");
            return Task.CompletedTask;
        };
        using var client = Clients.At(server.Address);

        Assert.IsType<KubeFailure.Unreachable>((await client.ReadAsync()).Failure());
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Caller_that_gives_up_gets_its_own_cancellation()
    {
        await using var server = RawServer.Silent();
        using var client = Clients.At(server.Address);
        using var impatience = new CancellationTokenSource();

        var reading = client.GetAsync(KubeKinds.Deployments, "bondx", "gateway", impatience.Token);
        await server.Connected.Task;
        await impatience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    public async Task Name_that_would_walk_up_the_path_is_refused(string name)
    {
        using var client = Clients.At(new("http://127.0.0.1:1"));

        await Assert.ThrowsAsync<ArgumentException>(() => client.GetAsync(KubeKinds.Deployments, "bondx", name, CancellationToken.None));
    }
}
