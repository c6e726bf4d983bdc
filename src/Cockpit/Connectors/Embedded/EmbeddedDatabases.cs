using System.Collections.Immutable;
using System.Globalization;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.Estate.Databases;
using Cockpit.UseCases.Executing;

namespace Cockpit.Connectors.Embedded;

/// <summary>The simulated primary and its replica for actions.</summary>
internal sealed class EmbeddedDatabases(EmbeddedEstate estate) : IDatabases
{
    private const string Primary = "primary";
    private const string StartFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    private static readonly ImmutableArray<string> Tables = ["public.orders", "public.positions", "public.portfolios", "public.quotes"];

    public Task<TargetAnswer<DatabaseSeen>> ReadAsync(string database, CancellationToken cancellationToken) =>
        Answer(database, simulated => new DatabaseSeen(
            $"simulated/{database}",
            database == Primary ? [.. simulated.Postgres.Sessions.OrderBy(session => session.QueryAt).Select(session => Seen(session, simulated.Now))] : [],
            Tables));

    public Task<TargetAnswer<string>> TerminateAsync(string database, ImmutableArray<DatabaseSession> sessions, CancellationToken cancellationToken) =>
        Answer(database, simulated =>
        {
            var ended = simulated.Postgres.Sessions.Where(session => session.Kind == DatabaseSession.ClientBackend)
                .Where(session => sessions.Any(chosen => chosen.Key == Seen(session, simulated.Now).Key))
                .ToList().Count(session => simulated.Postgres.EndSession(session.Pid, session.StartedAt));
            return $"{ended} of {sessions.Length} sessions ended";
        });

    public Task<TargetAnswer<string>> KeepUpAsync(string database, Upkeep upkeep, string? table, CancellationToken cancellationToken) =>
        Answer(database, _ => $"{upkeep.ToString().ToUpperInvariant()}{(table is null ? "" : $" {table}")} is done");

    public Task<TargetAnswer<ImmutableArray<CheckLine>>> CheckAsync(string database, CancellationToken cancellationToken) =>
        Answer(database, simulated =>
        {
            if (database == Primary) return [new CheckLine("It accepts connections.", true)];
            var standby = simulated.Postgres.Read().Standbys[0];
            return ImmutableArray.Create(
                new CheckLine("It accepts connections.", true),
                standby.ReplayPaused == true ? new CheckLine("Replay is paused by hand.", false) : new CheckLine("Replay is not paused.", true),
                new CheckLine($"It is {FigureText.Duration(standby.Behind ?? TimeSpan.Zero)} behind.", standby.Behind < TimeSpan.FromSeconds(5)),
                new CheckLine($"Its longest query has been running for {FigureText.Duration(standby.LongestQuery ?? TimeSpan.Zero)}; it can hold replay back.",
                    standby.LongestQuery < TimeSpan.FromMinutes(1)));
        });

    private Task<TargetAnswer<T>> Answer<T>(string database, Func<Cockpit.Estate.SimulatedEstate, T> ask) => Task.FromResult<TargetAnswer<T>>(
        database is Primary or PostgresPair.Replica
            ? new TargetAnswer<T>.Done(estate.Use(ask))
            : new TargetAnswer<T>.Failed(new TargetFailure.NotFound($"there is no database {database}")));

    private static DatabaseSession Seen(EstateSession session, DateTimeOffset now) => new(
        session.Pid, session.StartedAt.ToString(StartFormat, CultureInfo.InvariantCulture), session.Kind, session.User, session.Application,
        now - session.QueryAt, session.Query);
}
