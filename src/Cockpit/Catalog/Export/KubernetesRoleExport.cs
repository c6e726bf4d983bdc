using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Cockpit.Domain.Cards;

namespace Cockpit.Catalog.Export;

/// <summary>
/// Writes the Kubernetes roles that the catalog's actions need and not a verb more: by name where the catalog names the object, for the
/// whole namespace only where a person chooses it. Nothing needs <c>pods/exec</c>.
/// </summary>
public static class KubernetesRoleExport
{
    /// <summary>Whom the roles are given to unless somebody else is named.</summary>
    public static readonly ServiceAccountName DefaultAccount = new("cockpit", "cockpit");

    private static readonly ImmutableArray<ActionKind> Scaling =
        [ActionKind.ScaleOut, ActionKind.ScaleDown, ActionKind.TrafficDrain, ActionKind.TrafficRestore];

    private static readonly ImmutableArray<ActionKind> Templating =
        [ActionKind.EnvPatch, ActionKind.ResourcesPatch, ActionKind.RolloutRestart, ActionKind.Undo];

    private static readonly ImmutableArray<ActionKind> Routing = [ActionKind.TrafficSwitch, ActionKind.TrafficSplit];

    /// <param name="catalog">The catalog; every namespace that one of its actions names gets a role and a binding.</param>
    /// <param name="account">The service account that the cockpit runs as.</param>
    public static string Write(PlatformCatalog catalog, ServiceAccountName account)
    {
        var text = new StringBuilder();
        text.Append("# Exported from the catalog by `./run export kubernetes-role`. Change the catalog, not this file.\n");
        var actions = catalog.Cards.SelectMany(card => card.Actions).Concat(catalog.Runbooks.SelectMany(runbook => runbook.Actions));
        var spaces = actions.Where(action => action.Target.Namespace is not null).GroupBy(action => action.Target.Namespace!, StringComparer.Ordinal)
            .OrderBy(space => space.Key, StringComparer.Ordinal);
        foreach (var space in spaces)
        {
            text.Append(CultureInfo.InvariantCulture, $"""
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata:
                  name: cockpit
                  namespace: {space.Key}
                rules:

                """);
            foreach (var rule in Rules([.. space])) text.Append("- ").Append(rule).Append('\n');
            text.Append(CultureInfo.InvariantCulture, $"""
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata:
                  name: cockpit
                  namespace: {space.Key}
                roleRef:
                  apiGroup: rbac.authorization.k8s.io
                  kind: Role
                  name: cockpit
                subjects:
                - kind: ServiceAccount
                  namespace: {account.Namespace}
                  name: {account.Name}

                """);
        }

        return text.ToString();
    }

    private static IEnumerable<string> Rules(ImmutableArray<ActionDefinition> actions)
    {
        yield return Rule("apps", "deployments", "get, list, watch");
        yield return Rule("autoscaling", "horizontalpodautoscalers", "get, list, watch");
        yield return Rule("", "pods", "get, list");
        if (Any(ActionKind.Undo)) yield return Rule("apps", "replicasets", "get, list");
        if (actions.Any(action => action is { Kind: ActionKind.Check, Target.Kind: TargetKind.Pod })) yield return Rule("", "pods/log", "get");
        foreach (var kind in (ImmutableArray<(TargetKind Kind, string Resource)>)[(TargetKind.ConfigMap, "configmaps"), (TargetKind.Service, "services")])
        {
            var named = actions.Where(action => action.Target.Kind == kind.Kind).ToImmutableArray();
            if (!named.IsEmpty) yield return Rule("", kind.Resource, "get", named);
        }

        foreach (var (group, resource, verb, kinds) in Changes)
        {
            var changing = actions.Where(action => kinds.Contains(action.Kind)).ToImmutableArray();
            if (!changing.IsEmpty) yield return Rule(group, resource, verb, changing);
        }

        // An autoscaler's name is its owner's choice: the catalog names the workload that it keeps.
        if (Any(ActionKind.ScaleOut)) yield return Rule("autoscaling", "horizontalpodautoscalers", "patch");

        bool Any(ActionKind kind) => actions.Any(action => action.Kind == kind);
    }

    private static ImmutableArray<(string Group, string Resource, string Verb, ImmutableArray<ActionKind> Kinds)> Changes =>
    [
        ("", "configmaps", "patch", [ActionKind.PatchConfigMap]),
        ("", "services", "patch", Routing),
        ("", "pods", "delete", [ActionKind.DeletePod]),
        ("apps", "deployments", "patch", Templating),
        ("apps", "deployments/scale", "update", Scaling),
    ];

    /// <summary>A rule for the objects that the actions name; for all of them as soon as one action lets a person choose.</summary>
    private static string Rule(string group, string resource, string verbs, ImmutableArray<ActionDefinition> actions = default)
    {
        var names = actions.IsDefault ? [] : actions.Select(action => action.Target.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToImmutableArray();
        var limit = names.IsEmpty || names.Any(name => Placeholders.NamesIn(name).Any()) ? "" : $", resourceNames: [{string.Join(", ", names)}]";
        return $"{{apiGroups: ['{group}'], resources: [{resource}]{limit}, verbs: [{verbs}]}}";
    }
}

/// <summary>The account that a program runs as within a cluster.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
public sealed record ServiceAccountName(string Namespace, string Name)
{
    /// <summary>Reads <c>namespace/name</c>; null when it is not one.</summary>
    public static ServiceAccountName? Parse(string text) =>
        text.Split('/') is [var space, var name] && IsName(space) && IsName(name) ? new(space, name) : null;

    private static bool IsName(string text) =>
        text.Length is > 0 and <= 63 && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-') && text[0] != '-' && text[^1] != '-';
}
