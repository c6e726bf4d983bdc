using System.Collections.Immutable;
using System.Globalization;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;

namespace Cockpit.UseCases.Executing;

/// <summary>One answer that an input accepts.</summary>
/// <param name="Value">What is handed over.</param>
/// <param name="Label">What a person reads.</param>
public sealed record InputChoice(string Value, string Label);

/// <summary>What an input accepts now.</summary>
/// <param name="Input">The input.</param>
/// <param name="Choices">The answers to choose from; default when anything may be typed.</param>
/// <param name="Doubt">Why there is nothing to choose from; null when there is.</param>
public sealed record InputOffer(ActionInput Input, ImmutableArray<InputChoice> Choices, string? Doubt)
{
    /// <summary>The answer that is known already and may be changed; null when none is.</summary>
    public string? Known { get; init; }
}

/// <summary>Asks the targets themselves what may be chosen: pods, workloads, revisions, tables, sessions.</summary>
public sealed class InputChoicesHandler(
    PlatformModel model, IEnumerable<IClusterObjects> clusters, IEnumerable<IDatabases> databases, ExecutionBook book, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private readonly IClusterObjects? _cluster = clusters.FirstOrDefault();
    private readonly IDatabases? _databases = databases.FirstOrDefault();

    /// <summary>What each input of an action accepts.</summary>
    /// <param name="ownerId">The card or runbook.</param>
    /// <param name="actionId">The action.</param>
    /// <param name="given">What was chosen so far: revisions are those of the workload that was chosen.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<ImmutableArray<InputOffer>> HandleAsync(
        string ownerId, string actionId, ImmutableArray<InputValue> given, Actor? actor, CancellationToken cancellationToken)
    {
        if (actor is null || !actor.May(Role.Viewer) || model.Action(ownerId, actionId) is not { } action) return [];
        var filled = ActionInputs.Fill(action, given);
        return [.. await Task.WhenAll(action.Inputs.Select(input => OfferAsync(filled, input, cancellationToken)))];
    }

    private async Task<InputOffer> OfferAsync(ActionDefinition action, ActionInput input, CancellationToken cancellationToken)
    {
        if (input.Kind == InputKind.Number && action.Kind == ActionKind.TrafficRestore)
            return new(input, default, null) { Known = DrainMemory.CountOf(book.Recent, action.Target)?.ToString(CultureInfo.InvariantCulture) };
        if (input.Kind is InputKind.Number or InputKind.Text) return new(input, default, null);
        if (input.Kind == InputKind.Colour) return new(input, [new("blue", "blue"), new("green", "green")], null);
        if (input.Kind == InputKind.Revision && Placeholders.NamesIn(action.Target.Name).Any()) return new(input, [], "First choose the workload.");
        var answer = await TargetPatience.AskAsync(token => AskAsync(action, input.Kind, token), Patience, clock, cancellationToken);
        return answer switch
        {
            TargetAnswer<ImmutableArray<InputChoice>>.Done { Value.IsEmpty: true } => new(input, [], "There is none to choose."),
            TargetAnswer<ImmutableArray<InputChoice>>.Done done => new(input, done.Value, null),
            TargetAnswer<ImmutableArray<InputChoice>>.Failed failed => new(input, [], $"They cannot be listed: {failed.Why.Words}."),
            _ => throw new InvalidOperationException("An answer is either done or failed."),
        };
    }

    private Task<TargetAnswer<ImmutableArray<InputChoice>>> AskAsync(ActionDefinition action, InputKind kind, CancellationToken cancellationToken) => kind switch
    {
        InputKind.Workload when _cluster is not null => WorkloadsAsync(_cluster, action, cancellationToken),
        InputKind.Pod when _cluster is not null => PodsAsync(_cluster, action, cancellationToken),
        InputKind.Revision when _cluster is not null => RevisionsAsync(_cluster, action, cancellationToken),
        InputKind.Table when _databases is not null => TablesAsync(_databases, action, cancellationToken),
        InputKind.Backends when _databases is not null => SessionsAsync(_databases, action, cancellationToken),
        _ => Task.FromResult<TargetAnswer<ImmutableArray<InputChoice>>>(
            new TargetAnswer<ImmutableArray<InputChoice>>.Failed(new TargetFailure.Invalid("nothing that knows them is configured"))),
    };

    private static async Task<TargetAnswer<ImmutableArray<InputChoice>>> WorkloadsAsync(
        IClusterObjects cluster, ActionDefinition action, CancellationToken cancellationToken) =>
        (await cluster.ListWorkloadsAsync(action.Target.Namespace!, cancellationToken)).Select(names =>
            ImmutableArray.CreateRange(names.Select(name => new InputChoice(name, name))));

    private static async Task<TargetAnswer<ImmutableArray<InputChoice>>> PodsAsync(
        IClusterObjects cluster, ActionDefinition action, CancellationToken cancellationToken) =>
        (await cluster.ListPodsAsync(action.Target.Namespace!, cancellationToken)).Select(pods => ImmutableArray.CreateRange(
            pods.Where(pod => !action.Parameters.TryGetValue("workload", out var only) || pod.Workload == only)
                .Select(pod => new InputChoice(pod.Name, $"{pod.Name} · {(pod.Ready ? "ready" : "not ready")}"))));

    private async Task<TargetAnswer<ImmutableArray<InputChoice>>> RevisionsAsync(
        IClusterObjects cluster, ActionDefinition action, CancellationToken cancellationToken)
    {
        var name = new ObjectName(action.Target.Namespace!, action.Target.Name);
        var (reading, listing) = (cluster.ReadWorkloadAsync(name, cancellationToken), cluster.ListRevisionsAsync(name, cancellationToken));
        await Task.WhenAll(reading, listing);
        var current = (await reading as TargetAnswer<WorkloadSeen>.Done)?.Value.TemplateDigest;
        return (await listing).Select(revisions => ImmutableArray.CreateRange(
            revisions.Where(revision => revision.TemplateDigest != current).Select(revision => new InputChoice(
                revision.Number.ToString(CultureInfo.InvariantCulture),
                $"{revision.Number} · {revision.Image ?? "unknown image"}{(revision.CreatedAt is { } at ? $" · {FigureText.Duration(clock.GetUtcNow() - at)} old" : "")}"))));
    }

    private static async Task<TargetAnswer<ImmutableArray<InputChoice>>> TablesAsync(
        IDatabases databases, ActionDefinition action, CancellationToken cancellationToken) =>
        (await databases.ReadAsync(action.Target.Name, cancellationToken)).Select(database =>
            ImmutableArray.CreateRange(database.Tables.Select(table => new InputChoice(table, table))));

    private static async Task<TargetAnswer<ImmutableArray<InputChoice>>> SessionsAsync(
        IDatabases databases, ActionDefinition action, CancellationToken cancellationToken)
    {
        var olderThan = OlderThan(action);
        return (await databases.ReadAsync(action.Target.Name, cancellationToken)).Select(database => ImmutableArray.CreateRange(
            database.Sessions.Where(session => session.Kind == DatabaseSession.ClientBackend && session.RunsFor >= olderThan)
                .Select(session => new InputChoice(
                    session.Key, $"{session.Pid} · {session.User} · {session.Application} · {FigureText.Duration(session.RunsFor)} · {session.Query}"))));
    }

    // older_than: 5 minutes
    private static TimeSpan OlderThan(ActionDefinition action) =>
        action.Parameters.TryGetValue("older_than", out var text) && text.Split(' ') is [var count, "minute" or "minutes"]
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? TimeSpan.FromMinutes(minutes) : TimeSpan.Zero;
}
