using System.Globalization;
using Cockpit.Catalog.Reading;
using Cockpit.Domain.Cards;

namespace Cockpit.Catalog.Readers;

/// <summary>What must be true of an action of its kind, so that the catalog cannot make a dangerous one look harmless.</summary>
internal static class ActionRules
{
    public static void Check(Fields fields, ActionDefinition action)
    {
        var (targets, leastRisk, readBack, dryRun) = Of(action.Kind);
        if (fields.Has("kind") && fields.Has("target") && !targets.Contains(action.Target.Kind))
            fields.Wrong("target", $"is no target of {Words.Word(action.Kind.ToString())}", string.Join(", ", targets.Select(kind => Words.Word(kind.ToString()))));
        if (fields.Has("risk") && (action.Relief?.Risk ?? action.Risk) < leastRisk)
            fields.Wrong("risk", $"is too low for {Words.Word(action.Kind.ToString())}", $"at least {Words.Word(leastRisk.ToString())}");
        if (fields.Has("read-back") && action.ReadBack != readBack)
            fields.Wrong("read-back", $"is not how {Words.Word(action.Kind.ToString())} is read back", Words.Word(readBack.ToString()));
        if (fields.Has("dry-run") && action.DryRun != dryRun)
            fields.Wrong("dry-run", $"is not what {Words.Word(action.Kind.ToString())} offers", Words.Word(dryRun.ToString()));
        CheckValues(fields, action);
    }

    private static void CheckValues(Fields fields, ActionDefinition action)
    {
        switch (action.Kind)
        {
            case ActionKind.ScaleOut or ActionKind.ScaleDown or ActionKind.RaiseMinimum:
                if (action.Bounds is null && !fields.Has("bounds")) fields.Missing("bounds", "min and max replicas");
                if (!action.Parameters.TryGetValue("replicas", out var text)) fields.Missing("parameters.replicas", "a whole number or an {input}");
                else if (action.Replicas is { } replicas && action.Bounds?.Contains(replicas) == false)
                    fields.Wrong("parameters", string.Create(CultureInfo.InvariantCulture, $"sets {replicas} replicas, outside its bounds"), "replicas within bounds");
                else if (action.Replicas is null && !Placeholders.NamesIn(text).Any())
                    fields.Wrong("parameters", $"'{Fields.Shown(text)}' is no replica count", "a whole number or an {input}");
                break;
            case ActionKind.PatchConfigMap or ActionKind.EnvPatch or ActionKind.ResourcesPatch:
                if (action.Parameters.IsEmpty) fields.Missing("parameters", "the keys that it sets");
                if (action.Kind is not ActionKind.PatchConfigMap && action.Target.Container is null) fields.Missing("target.container", "the container that it changes");
                break;
            case ActionKind.TrafficSwitch:
                if (action.Parameters.IsEmpty) fields.Missing("parameters", "the labels that the Service selects");
                break;
            case ActionKind.TrafficDrain or ActionKind.TrafficRestore when action.Parameters.TryGetValue("pause", out var pause):
                if (action.Pause is null) fields.Wrong("parameters", $"'{Fields.Shown(pause)}' is no pause between steps", "seconds or minutes, such as 30s");
                if (action.Lease is not null) fields.Wrong("lease", "is not offered by what is made in steps", "no lease; the way back is an action of its own");
                break;
            case ActionKind.Notify:
                if (!action.Parameters.ContainsKey("message")) fields.Missing("parameters.message", "the message");
                break;
        }
    }

    private static (TargetKind[] Targets, ActionRisk LeastRisk, ReadBack ReadBack, DryRun DryRun) Of(ActionKind kind) => kind switch
    {
        ActionKind.ScaleOut => ([TargetKind.Deployment], ActionRisk.Medium, ReadBack.Value, DryRun.Server),
        ActionKind.RaiseMinimum => ([TargetKind.Deployment], ActionRisk.Medium, ReadBack.Value, DryRun.Server),
        ActionKind.ScaleDown => ([TargetKind.Deployment], ActionRisk.High, ReadBack.Value, DryRun.Server),
        ActionKind.PatchConfigMap => ([TargetKind.ConfigMap], ActionRisk.Low, ReadBack.Value, DryRun.Server),
        ActionKind.EnvPatch => ([TargetKind.Deployment], ActionRisk.High, ReadBack.Mark, DryRun.Server),
        ActionKind.ResourcesPatch => ([TargetKind.Deployment], ActionRisk.High, ReadBack.Value, DryRun.Server),
        ActionKind.RolloutRestart => ([TargetKind.Deployment], ActionRisk.Medium, ReadBack.Mark, DryRun.Server),
        ActionKind.Undo => ([TargetKind.Deployment], ActionRisk.High, ReadBack.Value, DryRun.Server),
        ActionKind.DeletePod => ([TargetKind.Pod], ActionRisk.Medium, ReadBack.UidGone, DryRun.Server),
        ActionKind.SentinelFailover => ([TargetKind.RedisGroup], ActionRisk.High, ReadBack.Role, DryRun.NotAvailable),
        ActionKind.TerminateBackends => ([TargetKind.Database], ActionRisk.High, ReadBack.None, DryRun.List),
        ActionKind.Analyze or ActionKind.Vacuum => ([TargetKind.Database], ActionRisk.Medium, ReadBack.None, DryRun.NotAvailable),
        ActionKind.Reindex => ([TargetKind.Database], ActionRisk.High, ReadBack.None, DryRun.NotAvailable),
        ActionKind.TrafficSwitch or ActionKind.TrafficSplit => ([TargetKind.Service], ActionRisk.High, ReadBack.Value, DryRun.Server),
        ActionKind.TrafficDrain => ([TargetKind.Deployment], ActionRisk.Critical, ReadBack.Value, DryRun.Server),
        ActionKind.TrafficRestore => ([TargetKind.Deployment], ActionRisk.High, ReadBack.Value, DryRun.Server),
        ActionKind.Notify => ([TargetKind.People], ActionRisk.Low, ReadBack.None, DryRun.Message),
        ActionKind.Check => (Enum.GetValues<TargetKind>(), ActionRisk.Low, ReadBack.None, DryRun.NotAvailable),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of action."),
    };
}
