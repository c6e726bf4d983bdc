using System.Collections.Immutable;
using System.Globalization;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Health;
using Cockpit.UseCases.Executing;
using Npgsql;

namespace Cockpit.Connectors.Postgres;

/// <summary>The watched servers for actions, over connections of their own: not read-only, with a statement timeout, closed after use.</summary>
internal sealed class PostgresDatabases : IDatabases, IAsyncDisposable
{
    private const string Primary = "primary";

    /// <summary>How long the server may work at what it was asked for.</summary>
    private static readonly TimeSpan LongestUpkeep = TimeSpan.FromMinutes(30);

    /// <summary>How long anybody waits for it.</summary>
    private static readonly TimeSpan WaitsFor = TimeSpan.FromSeconds(6);

    private readonly ImmutableDictionary<string, NpgsqlDataSource> _servers;
    private readonly NpgsqlDataSource _actions;
    private readonly NpgsqlDataSource _upkeep;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;

    public PostgresDatabases(PostgresOptions options, TimeProvider clock)
    {
        (_timeout, _clock) = (options.Timeout, clock);
        var actions = string.IsNullOrEmpty(options.Actions) ? options.Primary : options.Actions;
        _actions = PostgresServer.OpenForActions(actions, options.Timeout, options.Timeout);
        _upkeep = PostgresServer.OpenForActions(actions, options.Timeout, LongestUpkeep);
        _servers = ImmutableDictionary.CreateRange(StringComparer.Ordinal,
        [
            new(Primary, _actions),
            .. options.Standbys.Select(standby => new KeyValuePair<string, NpgsqlDataSource>(
                standby.Name, PostgresServer.OpenForActions(standby.ConnectionString, options.Timeout, options.Timeout))),
        ]);
    }

    public Task<TargetAnswer<DatabaseSeen>> ReadAsync(string database, CancellationToken cancellationToken) =>
        AskAsync(database, async (server, token) =>
        {
            var identity = await DatabaseIdentity.ReadAsync(server, token);
            var (sessions, tables) = await PostgresSessions.ReadAsync(server, token);
            return new DatabaseSeen($"{identity.SystemIdentifier}/{identity.DatabaseOid}", sessions, tables);
        }, cancellationToken);

    public Task<TargetAnswer<string>> TerminateAsync(
        string database, ImmutableArray<Domain.Executions.DatabaseSession> sessions, CancellationToken cancellationToken) =>
        AskAsync(database, async (server, token) =>
        {
            var ended = await PostgresSessions.TerminateAsync(server, sessions, token);
            return $"{ended} of {sessions.Length} sessions ended{(ended < sessions.Length ? "; the others had ended by themselves" : "")}";
        }, cancellationToken);

    public Task<TargetAnswer<string>> KeepUpAsync(string database, Upkeep upkeep, string? table, CancellationToken cancellationToken)
    {
        var statement = upkeep switch
        {
            Upkeep.Analyze => "ANALYZE",
            Upkeep.Vacuum => "VACUUM (ANALYZE)",
            _ => $"REINDEX TABLE CONCURRENTLY {PostgresSessions.Quoted(table ?? throw new ArgumentNullException(nameof(table)))}",
        };
        if (database != Primary) return Task.FromResult(Unknown<string>(database));
        return GuardAsync<string>(database, async () =>
        {
            // The server goes on without us: only its statement timeout ends what takes long.
            var running = RunAsync(statement);
            try
            {
                await running.WaitAsync(WaitsFor, _clock, cancellationToken);
            }
            catch (TimeoutException) when (!running.IsCompleted)
            {
                Abandon(running);
                return $"the server works at it and goes on by itself, for {FigureText.Duration(LongestUpkeep)} at most";
            }

            return $"{statement} is done";
        });
    }

    public Task<TargetAnswer<ImmutableArray<CheckLine>>> CheckAsync(string database, CancellationToken cancellationToken) =>
        AskAsync(database, async (server, token) => Lines(await StandbyAccount.ReadAsync(server, token)), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _upkeep.DisposeAsync();
        foreach (var server in _servers.Values) await server.DisposeAsync();
    }

    private static ImmutableArray<CheckLine> Lines(StandbyAccount account)
    {
        var lines = ImmutableArray.CreateBuilder<CheckLine>();
        lines.Add(new("It accepts connections.", true));
        if (!account.InRecovery)
        {
            lines.Add(new("It is a primary: it takes writes and replays nothing."));
            return lines.ToImmutable();
        }

        lines.Add(account.ReplayPaused == true ? new("Replay is paused by hand.", false) : new("Replay is not paused.", true));
        lines.Add(account is { Received: { } received, Replayed: { } replayed }
            ? new(received > replayed
                ? string.Create(CultureInfo.InvariantCulture, $"{FigureText.Write(received - replayed, FigureUnit.Bytes)} are received and not replayed yet.")
                : "Everything received is replayed.", received <= replayed)
            : new("It does not stream from its primary.", false));
        if (account.SinceCommit is { } age) lines.Add(new($"Its newest replayed commit is {FigureText.Duration(age)} old."));
        lines.Add(account.LongestQuery is { } longest
            ? new($"Its longest query has been running for {FigureText.Duration(longest)}; it can hold replay back.", longest < TimeSpan.FromMinutes(1))
            : new("No client query runs on it.", true));
        return lines.ToImmutable();
    }

    private async Task RunAsync(string statement)
    {
        await using var command = _upkeep.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private Task<TargetAnswer<T>> AskAsync<T>(
        string database, Func<NpgsqlDataSource, CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        if (!_servers.TryGetValue(database, out var server)) return Task.FromResult(Unknown<T>(database));
        return GuardAsync(database, async () =>
        {
            using var deadline = new CancellationTokenSource(_timeout, _clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            return await PostgresServer.ReadAsync(server, ask, either.Token);
        });
    }

    private static async Task<TargetAnswer<T>> GuardAsync<T>(string database, Func<Task<T>> ask)
    {
        try
        {
            return new TargetAnswer<T>.Done(await ask());
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return new TargetAnswer<T>.Failed(new TargetFailure.Forbidden(Connectors.Failure.Quote(refused.MessageText)));
        }
        catch (PostgresException refused) when (refused.SqlState is not (PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown))
        {
            return new TargetAnswer<T>.Failed(new TargetFailure.Invalid($"{database} {PostgresFailure.Describe(refused)}"));
        }
        catch (Exception failed) when (PostgresFailure.IsExpected(failed))
        {
            return new TargetAnswer<T>.Failed(new TargetFailure.Unreachable($"{database} {PostgresFailure.Describe(failed)}"));
        }
    }

    private static TargetAnswer<T> Unknown<T>(string database) =>
        new TargetAnswer<T>.Failed(new TargetFailure.NotFound($"no database {database} is configured"));

    private static void Abandon(Task running) =>
        running.ContinueWith(late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
