using Cockpit.Catalog.Reading;

namespace Cockpit.Catalog.OpenSlo;

/// <summary>Checks alert policies, their conditions and their notification targets, inline or by reference.</summary>
internal sealed class AlertObjects(References references)
{
    private const int LongestDescription = 1050;

    /// <summary>A list that may be absent, nothing, or hold names, references and inline policies.</summary>
    public void CheckPolicies(Fields spec)
    {
        foreach (var (node, path) in spec.Items("alertPolicies", required: false))
        {
            if (node is Scalar { IsNull: false } name)
            {
                if (references.Find(OpenSloKind.AlertPolicy, name.Text) is null)
                    references.Dangling(spec.Findings, node.Mark, path, OpenSloKind.AlertPolicy, name.Text);
                continue;
            }

            var fields = Fields.Of(node, path, spec.Findings);
            if (ByReference(fields, "alertPolicyRef", OpenSloKind.AlertPolicy)) continue;
            Inline(fields, OpenSloKind.AlertPolicy, CheckPolicy);
        }
    }

    public void CheckPolicy(Fields spec)
    {
        spec.OptionalText("description", LongestDescription);
        spec.Truth("alertWhenNoData", false);
        spec.Truth("alertWhenResolved", false);
        spec.Truth("alertWhenBreaching", false);
        var conditions = spec.Items("conditions", least: 1);
        if (conditions.Length > 1) spec.Wrong("conditions", $"has {conditions.Length} items", "exactly one condition");
        foreach (var (node, path) in conditions)
        {
            var fields = Fields.Of(node, path, spec.Findings);
            if (!ByReference(fields, "conditionRef", OpenSloKind.AlertCondition)) Inline(fields, OpenSloKind.AlertCondition, CheckCondition);
        }

        foreach (var (node, path) in spec.Items("notificationTargets", least: 1))
        {
            var fields = Fields.Of(node, path, spec.Findings);
            if (!ByReference(fields, "targetRef", OpenSloKind.AlertNotificationTarget))
                Inline(fields, OpenSloKind.AlertNotificationTarget, CheckTarget);
        }

        spec.Done();
    }

    public static void CheckCondition(Fields spec)
    {
        spec.OptionalText("description", LongestDescription);
        spec.Text("severity");
        if (spec.Child("condition") is { } condition)
        {
            if (condition.OptionalText("kind") is { } kind && kind != "burnrate") condition.Wrong("kind", $"'{Fields.Shown(kind)}' is not accepted", "burnrate");
            OpenSloFields.Operator(condition, "op");
            condition.Number("threshold", least: 0);
            OpenSloFields.Span(condition, "lookbackWindow", required: true, zeroAllowed: false);
            OpenSloFields.Span(condition, "alertAfter", required: false, zeroAllowed: true);
            condition.Done();
        }

        spec.Done();
    }

    public static void CheckTarget(Fields spec)
    {
        spec.OptionalText("description", LongestDescription);
        spec.Text("target");
        spec.Done();
    }

    private bool ByReference(Fields fields, string field, string kind)
    {
        if (fields.OptionalText(field) is not { } name) return false;
        references.Check(fields, field, kind, name);
        fields.Done();
        return true;
    }

    private static void Inline(Fields fields, string kind, Action<Fields> check)
    {
        fields.OptionalText("apiVersion");
        if (fields.OptionalText("kind") is { } given && given != kind) fields.Wrong("kind", $"'{Fields.Shown(given)}' is not accepted here", kind);
        OpenSloObject.ReadMetadata(fields, required: true);
        if (fields.Child("spec") is { } spec) check(spec);
        fields.Done();
    }
}
