using System.Collections.Concurrent;

namespace Cockpit.Connectors.Redis;

/// <summary>Keeps one idle connection an address between reads.</summary>
internal sealed class RedisConnections(RedisAccess access, RespLimits limits) : IDisposable
{
    private readonly ConcurrentDictionary<RedisAddress, RedisConnection> _idle = new();

    /// <summary>
    /// Runs a read on a connection of its own. A kept connection may have died since: then the read is done once more on a new one,
    /// so it must only read.
    /// </summary>
    public async Task<T> ReadAsync<T>(RedisAddress address, Func<RedisConnection, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        if (_idle.TryRemove(address, out var kept))
        {
            try
            {
                return await UseAsync(address, kept, read, cancellationToken);
            }
            catch (IOException)
            {
                // The server closed it while it lay idle; a new one tells whether it is well.
            }
        }

        return await SendAsync(address, read, cancellationToken);
    }

    /// <summary>Runs a command on a new connection, once.</summary>
    public async Task<T> SendAsync<T>(RedisAddress address, Func<RedisConnection, CancellationToken, Task<T>> send, CancellationToken cancellationToken) =>
        await UseAsync(address, await RedisConnection.OpenAsync(address, access, limits, cancellationToken), send, cancellationToken);

    /// <summary>Closes the connections to addresses that are no longer part of the group.</summary>
    public void KeepOnly(IReadOnlySet<RedisAddress> addresses)
    {
        foreach (var address in _idle.Keys.Where(address => !addresses.Contains(address)))
        {
            if (_idle.TryRemove(address, out var connection)) connection.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var connection in _idle.Values) connection.Dispose();
        _idle.Clear();
    }

    private async Task<T> UseAsync<T>(
        RedisAddress address, RedisConnection connection, Func<RedisConnection, CancellationToken, Task<T>> use, CancellationToken cancellationToken)
    {
        var inStep = false;
        try
        {
            var result = await use(connection, cancellationToken);
            inStep = true;
            return result;
        }
        finally
        {
            if (!inStep || !_idle.TryAdd(address, connection)) connection.Dispose();
        }
    }
}
