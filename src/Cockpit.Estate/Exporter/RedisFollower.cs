using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cockpit.Estate.Exporter;

/// <summary>
/// Twice a second asks the real Sentinels who is master and measures how long that one takes to answer; the estate's callers of Redis bear exactly
/// that, and lose their connection when another becomes master.
/// </summary>
internal sealed partial class RedisFollower(
    ExporterArguments arguments, EstateSimulation simulation, TimeProvider time, ILogger<RedisFollower> logger) : BackgroundService
{
    /// <summary>Probes of a round; the second slowest speaks for it, so that one hiccup of this machine does not.</summary>
    private const int Probes = 6;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private bool _silent;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await FollowAsync(stoppingToken);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is stopping.
        }
    }

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        if (await FirstAsync(arguments.RedisSentinels, MasterAsync, stoppingToken) is not { } master)
        {
            if (!_silent) LogSilent();
            _silent = true;
            return;
        }

        _silent = false;
        var seconds = await BoundAsync(token => MeasureAsync(master, token), stoppingToken);
        simulation.With(estate => estate.Redis.Mirror(master, seconds));
    }

    private async Task<string?> MasterAsync(string sentinel, CancellationToken cancellationToken)
    {
        using var connection = await RedisWire.OpenAsync(sentinel, arguments.RedisPassword, cancellationToken);
        return await connection.AskAsync(cancellationToken, "SENTINEL", "get-master-addr-by-name", arguments.RedisGroup) is [var host, var port] ? $"{host}:{port}" : null;
    }

    private async Task<double?> MeasureAsync(string master, CancellationToken cancellationToken)
    {
        using var connection = await RedisWire.OpenAsync(master, arguments.RedisPassword, cancellationToken);
        var seconds = new double[Probes];
        for (var probe = 0; probe < Probes; probe++)
        {
            var begun = time.GetTimestamp();
            await connection.AskAsync(cancellationToken, "PING");
            seconds[probe] = time.GetElapsedTime(begun).TotalSeconds;
            await Task.Delay(Pause, time, cancellationToken);
        }

        return seconds.Order().ElementAt(Probes - 2);
    }

    private async Task<string?> FirstAsync(IReadOnlyList<string> from, Func<string, CancellationToken, Task<string?>> ask, CancellationToken stoppingToken)
    {
        foreach (var each in from)
        {
            if (await BoundAsync(async token => await ask(each, token) ?? throw new IOException("it names no master"), stoppingToken) is { } answer) return answer;
        }

        return null;
    }

    /// <summary>The answer, or its default when the server is silent or gone.</summary>
    private async Task<T?> BoundAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken stoppingToken)
    {
        using var patience = new CancellationTokenSource(Patience + (Pause * Probes), time);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, patience.Token);
        try
        {
            return await ask(bounded.Token);
        }
        catch (Exception silent) when (silent is SocketException or IOException || (silent is OperationCanceledException && !stoppingToken.IsCancellationRequested))
        {
            return default;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No Sentinel names a master, the estate keeps the last one")]
    private partial void LogSilent();
}
