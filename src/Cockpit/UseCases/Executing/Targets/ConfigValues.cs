using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;

namespace Cockpit.UseCases.Executing.Targets;

/// <summary>Entries of a ConfigMap: switches, thresholds and limits. The hash of all its data is held fast, so that no other edit goes unseen.</summary>
public sealed class ConfigValues(IClusterObjects cluster) : ClusterTarget(cluster)
{
    private const string Prefix = "data.";

    /// <inheritdoc/>
    public override bool Does(ActionKind kind, TargetKind target) => kind == ActionKind.PatchConfigMap && target == TargetKind.ConfigMap;

    /// <inheritdoc/>
    public override async Task<TargetAnswer<TargetPlan>> PlanAsync(
        ActionDefinition action, ImmutableArray<InputValue> inputs, CancellationToken cancellationToken) =>
        (await Cluster.ReadConfigAsync(NameOf(action.Target), cancellationToken)).Select(config =>
        {
            ImmutableArray<FieldChange> fields =
                [.. action.Parameters.Select(entry => new FieldChange(Prefix + entry.Key, config.Data.GetValueOrDefault(entry.Key), entry.Value))];
            return new TargetPlan(
                StateOf(config, fields), fields, Diff([$"# {action.Target}", "data:"], fields, Prefix, "  "),
                fields is [var one] ? $"{one.From ?? "(absent)"} → {one.To}" : null);
        });

    /// <inheritdoc/>
    public override async Task<TargetAnswer<TargetState>> ObserveAsync(TargetChange change, CancellationToken cancellationToken) =>
        (await Cluster.ReadConfigAsync(NameOf(change.Target), cancellationToken)).Select(config => StateOf(config, change.Fields));

    /// <inheritdoc/>
    protected override ClusterChange ChangeOf(TargetChange change, string mark) => new ClusterChange.ConfigData(NameOf(change.Target), Wishes(change, Prefix));

    private static TargetState StateOf(ConfigSeen config, ImmutableArray<FieldChange> fields) =>
        new(config.Uid, 0, config.Version, TargetState.FieldsOf(
            fields.Select(field => new KeyValuePair<string, string?>(field.Name, config.Data.GetValueOrDefault(field.Name[Prefix.Length..])))))
        {
            Digest = DigestOf(config.Data),
            Readers = config.Readers,
        };

    private static string DigestOf(ImmutableSortedDictionary<string, string> data)
    {
        var text = string.Concat(data.Select(entry => $"{entry.Key.Length}:{entry.Key}{entry.Value.Length}:{entry.Value}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }
}
