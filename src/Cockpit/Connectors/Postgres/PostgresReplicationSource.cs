using System.Collections.Immutable;
using Cockpit.Domain.Health;
using Cockpit.UseCases.Observing;
using Npgsql;

namespace Cockpit.Connectors.Postgres;

/// <summary>A primary and its standbys, each asked directly. A standby that cannot be asked carries its failure; without the primary there is no reading.</summary>
/// <remarks>
/// The primary's position is read first, so that what a standby has not replayed of it is truly behind. A read takes no longer
/// than the timeout.
/// </remarks>
public sealed class PostgresReplicationSource : ISource<ReplicationReading>, IAsyncDisposable
{
    /// <summary>Waits before a standby that seems to be behind is asked again.</summary>
    private static readonly TimeSpan[] SecondLooks = [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(200)];

    private readonly NpgsqlDataSource _primary;
    private readonly ImmutableArray<(string Name, NpgsqlDataSource Server)> _standbys;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;

    public PostgresReplicationSource(PostgresOptions options, TimeProvider clock)
    {
        _primary = PostgresServer.Open(options.Primary, options.Timeout);
        _standbys = [.. options.Standbys.Select(standby => (standby.Name, PostgresServer.Open(standby.ConnectionString, options.Timeout)))];
        _timeout = options.Timeout;
        _clock = clock;
    }

    public string Name => "PostgreSQL";

    public async Task<Observation<ReplicationReading>> ReadAsync(CancellationToken cancellationToken)
    {
        var askedAt = _clock.GetUtcNow();
        using var deadline = new CancellationTokenSource(_timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var primary = await OnPrimaryAsync(PrimaryAccount.ReadAsync, either.Token);
        var answers = await Task.WhenAll(_standbys.Select(standby => AskAsync(standby.Name, standby.Server, primary.Position, either.Token)));
        return new(ReplicationView.Join(primary, answers), askedAt, Name);
    }

    /// <summary>Which database the primary's connection string leads to, so that it can be refused as the cockpit's own storage.</summary>
    /// <exception cref="SourceUnavailableException">The primary cannot answer.</exception>
    public async Task<DatabaseIdentity> ReadIdentityAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        return await OnPrimaryAsync(DatabaseIdentity.ReadAsync, either.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _primary.DisposeAsync();
        foreach (var (_, server) in _standbys) await server.DisposeAsync();
    }

    private async Task<T> OnPrimaryAsync<T>(Func<NpgsqlDataSource, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await PostgresServer.ReadAsync(_primary, read, cancellationToken);
        }
        catch (Exception failed) when (PostgresFailure.IsExpected(failed))
        {
            throw new SourceUnavailableException($"the primary {PostgresFailure.Describe(failed)}", failed);
        }
    }

    private async Task<StandbyAnswer> AskAsync(string name, NpgsqlDataSource server, long? position, CancellationToken cancellationToken)
    {
        try
        {
            var account = await PostgresServer.ReadAsync(server, StandbyAccount.ReadAsync, cancellationToken);
            return new(name, account, await LookAgainAsync(server, account, position, cancellationToken), null);
        }
        catch (Exception failed) when (PostgresFailure.IsExpected(failed))
        {
            return new(name, null, null, PostgresFailure.Describe(failed));
        }
    }

    /// <summary>How long after the first look a standby that seemed far behind had passed the position; null when it had not.</summary>
    private async Task<TimeSpan?> LookAgainAsync(NpgsqlDataSource server, StandbyAccount account, long? position, CancellationToken cancellationToken)
    {
        if (position is null || account.ReplayPaused != false || account.Replayed >= position || account.SinceCommit < SecondLooks[^1]) return null;
        var lookedAt = _clock.GetTimestamp();
        try
        {
            foreach (var wait in SecondLooks)
            {
                await Task.Delay(wait, _clock, cancellationToken);
                if (await PostgresServer.ReadAsync(server, StandbyAccount.ReadReplayedAsync, cancellationToken) >= position) return _clock.GetElapsedTime(lookedAt);
            }
        }
        catch (Exception failed) when (PostgresFailure.IsExpected(failed))
        {
            // The first look stands.
        }

        return null;
    }
}
