using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Cockpit.Connectors.Kubernetes.Config;
using Microsoft.Extensions.Options;

namespace Cockpit.Connectors.Kubernetes;

/// <summary>Reads the section by hand, so that every wrong value is reported at once with what would be accepted.</summary>
internal sealed partial class KubernetesSettings(IConfigurationSection section, TimeProvider clock)
    : IConfigureOptions<KubernetesOptions>, IValidateOptions<KubernetesOptions>
{
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromSeconds(60);

    public void Configure(KubernetesOptions options)
    {
        options.Kubeconfig = Text("Kubeconfig");
        options.Context = Text("Context");
        options.InCluster = Flag("InCluster") ?? false;
        options.AllowInsecureTls = Flag("AllowInsecureTls") ?? false;
        options.Timeout = Text("Timeout") is null ? options.Timeout : Duration("Timeout") ?? options.Timeout;
        options.Namespaces = [.. section.GetSection("Namespaces").GetChildren().Select(child => child.Value ?? "")];
    }

    public ValidateOptionsResult Validate(string? name, KubernetesOptions options)
    {
        var problems = new List<string>();
        foreach (var key in (string[])["InCluster", "AllowInsecureTls"])
            if (Text(key) is { } flag && Flag(key) is null)
                problems.Add($"{Key(key)} is \"{flag}\"; accepted: true or false.");
        if (Text("Timeout") is { } timeout && Duration("Timeout") is null)
            problems.Add($"{Key("Timeout")} is \"{timeout}\"; accepted: a duration from 00:00:01 to 00:01:00, written hh:mm:ss.");
        problems.AddRange(NamespaceProblems(options.Namespaces));
        problems.AddRange(ClusterProblems(options));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private IEnumerable<string> NamespaceProblems(ImmutableArray<string> namespaces)
    {
        if (section["Namespaces"] is { Length: > 0 } scalar)
            yield return $"{Key("Namespaces")} is \"{scalar}\"; accepted: a list, as in {Key("Namespaces")}:0 = bondx.";
        else if (namespaces.IsEmpty)
            yield return $"{Key("Namespaces")} is empty; accepted: at least one namespace, as in {Key("Namespaces")}:0 = bondx.";
        for (var i = 0; i < namespaces.Length; i++)
        {
            if (!NamespaceName().IsMatch(namespaces[i]))
                yield return $"{Key("Namespaces")}:{i} is \"{namespaces[i]}\"; accepted: up to 63 of a-z, 0-9 and '-', neither first nor last a '-'.";
            else if (namespaces.IndexOf(namespaces[i]) < i)
                yield return $"{Key("Namespaces")}:{i} names {namespaces[i]} a second time; accepted: each namespace once.";
        }
    }

    private IEnumerable<string> ClusterProblems(KubernetesOptions options)
    {
        if (options.InCluster && options.Kubeconfig is not null)
            yield return $"{Key("Kubeconfig")} and {Key("InCluster")} are both set; accepted: one of them.";
        else if (!options.InCluster && options.Kubeconfig is null)
            yield return $"{Key("Kubeconfig")} is missing; accepted: the path of a kubeconfig file, or {Key("InCluster")} = true inside a cluster.";
        else if (options.InCluster && options.Context is not null)
            yield return $"{Key("Context")} is set with {Key("InCluster")}; accepted: a context only with {Key("Kubeconfig")}.";
        else if (Unusable(options) is { } reason)
            yield return $"{Key(options.InCluster ? "InCluster" : "Kubeconfig")}: {reason}";
    }

    private string? Unusable(KubernetesOptions options)
    {
        try
        {
            KubeTarget.From(options, clock).Dispose();
            return null;
        }
        catch (KubeconfigException problem)
        {
            return problem.Message;
        }
    }

    private string? Text(string key) => string.IsNullOrWhiteSpace(section[key]) ? null : section[key]!.Trim();

    private bool? Flag(string key) => bool.TryParse(Text(key), out var flag) ? flag : null;

    private TimeSpan? Duration(string key) =>
        TimeSpan.TryParse(Text(key), CultureInfo.InvariantCulture, out var duration) && duration >= ShortestTimeout && duration <= LongestTimeout
            ? duration
            : null;

    private string Key(string key) => $"{section.Path}:{key}";

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex NamespaceName();
}
