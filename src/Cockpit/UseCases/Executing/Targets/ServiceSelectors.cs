using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;

namespace Cockpit.UseCases.Executing.Targets;

/// <summary>
/// Whom a Service sends its traffic to. A switch sets labels of the selector; a split selects both colours by the labels that they share, so
/// that each takes traffic by its ready replicas.
/// </summary>
public sealed class ServiceSelectors(IClusterObjects cluster) : ClusterTarget(cluster)
{
    private const string Prefix = "selector.";

    /// <inheritdoc/>
    public override bool Does(ActionKind kind, TargetKind target) =>
        target == TargetKind.Service && kind is ActionKind.TrafficSwitch or ActionKind.TrafficSplit;

    /// <inheritdoc/>
    public override async Task<TargetAnswer<TargetPlan>> PlanAsync(
        ActionDefinition action, ImmutableArray<InputValue> inputs, CancellationToken cancellationToken)
    {
        var (reading, listing) = (Cluster.ReadServiceAsync(NameOf(action.Target), cancellationToken), Cluster.ListPodsAsync(action.Target.Namespace!, cancellationToken));
        await Task.WhenAll(reading, listing);
        if (await reading is not TargetAnswer<ServiceSeen>.Done { Value: var service }) return (await reading).Select<TargetPlan>(_ => null!);
        if (await listing is not TargetAnswer<ImmutableArray<PodSeen>>.Done { Value: var pods }) return (await listing).Select<TargetPlan>(_ => null!);

        var wishes = action.Parameters.ToImmutableSortedDictionary(entry => entry.Key, entry => (string?)entry.Value, StringComparer.Ordinal);
        if (action.Kind == ActionKind.TrafficSplit)
            wishes = wishes.AddRange(service.Selector.Keys.Where(label => !wishes.ContainsKey(label)).Select(label => new KeyValuePair<string, string?>(label, null)));
        ImmutableArray<FieldChange> fields =
            [.. wishes.Select(wish => new FieldChange(Prefix + wish.Key, service.Selector.GetValueOrDefault(wish.Key), wish.Value))];
        return new TargetAnswer<TargetPlan>.Done(new TargetPlan(
            StateOf(service, fields) with { Endpoints = Selected(pods, Wished(service, fields)) }, fields,
            Diff([$"# {action.Target}", "spec.selector:"], fields, Prefix, "  ")));
    }

    /// <inheritdoc/>
    public override async Task<TargetAnswer<TargetState>> ObserveAsync(TargetChange change, CancellationToken cancellationToken) =>
        (await Cluster.ReadServiceAsync(NameOf(change.Target), cancellationToken)).Select(service => StateOf(service, change.Fields));

    /// <inheritdoc/>
    protected override ClusterChange ChangeOf(TargetChange change, string mark) => new ClusterChange.Selector(NameOf(change.Target), Wishes(change, Prefix));

    private static TargetState StateOf(ServiceSeen service, ImmutableArray<FieldChange> fields) =>
        new(service.Uid, 0, service.Version, TargetState.FieldsOf(fields.Select(field =>
            new KeyValuePair<string, string?>(field.Name, service.Selector.GetValueOrDefault(field.Name[Prefix.Length..])))));

    private static ImmutableArray<KeyValuePair<string, string>> Wished(ServiceSeen service, ImmutableArray<FieldChange> fields)
    {
        var wished = service.Selector;
        foreach (var field in fields)
            wished = field.To is { } value ? wished.SetItem(field.Name[Prefix.Length..], value) : wished.Remove(field.Name[Prefix.Length..]);
        return [.. wished];
    }

    private static ImmutableArray<SelectedEndpoints> Selected(ImmutableArray<PodSeen> pods, ImmutableArray<KeyValuePair<string, string>> selector) =>
    [
        .. pods.Where(pod => selector.All(label => pod.Labels.GetValueOrDefault(label.Key) == label.Value))
            .GroupBy(pod => pod.Workload ?? pod.Name, StringComparer.Ordinal)
            .Select(workload => new SelectedEndpoints(workload.Key, workload.Count(pod => pod.Ready)))
            .OrderBy(workload => workload.Workload, StringComparer.Ordinal),
    ];
}
