using System.Text.Json.Nodes;
using Cockpit.Domain.Cards;

namespace Cockpit.E2E.Lab.Crashes;

/// <summary>A deed in the cluster. How often it was done is counted in the API server's own audit log.</summary>
internal abstract record ClusterDeed(string Kind, string Action, string Namespace, string Resource, string Name, ReadBack Rule)
    : Deed(Kind, Action, $"{Namespace}/{Name}", Rule)
{
    /// <summary>What is read from the object.</summary>
    protected abstract string JsonPath { get; }

    protected virtual string CurrentName => Name;

    public override async Task<Look> LookAsync() => new(
        await ClusterAudit.CountAsync(Namespace, Resource, CurrentName),
        await KubectlAsync("get", Resource, CurrentName, "--ignore-not-found", "-o", $"jsonpath={JsonPath}"));

    protected Task<string> KubectlAsync(params string[] arguments) => Pages.Lab.KubectlAsync([.. arguments, "-n", Namespace]);

    protected Task RolledOutAsync(string deployment) => KubectlAsync("rollout", "status", "deployment", deployment, "--timeout=60s");
}

/// <summary>A replica count: read back by value.</summary>
internal sealed record Scale(string Service) : ClusterDeed("scale", "scale", "quantx-production", "deployments", Service, ReadBack.Value)
{
    protected override string JsonPath => "{.spec.replicas}";

    public override async Task PrepareAsync()
    {
        Inputs["service"] = Service;
        await KubectlAsync("scale", "deployment", Service, "--replicas=3");
        await RolledOutAsync(Service);
    }

    public override bool IsDone(Look before, Look after, string execution) => after.State == "5";
}

/// <summary>An entry of a ConfigMap: read back by value.</summary>
internal sealed record Switch(string Action, string Map, string Key, string From, string To)
    : ClusterDeed($"{Action}", Action, "bondx", "configmaps", Map, ReadBack.Value)
{
    protected override string JsonPath => $"{{.data.{Key}}}";

    public override Task PrepareAsync() => KubectlAsync("patch", "configmap", Map, "--type", "merge", "-p", $"{{\"data\":{{\"{Key}\":\"{From}\"}}}}");

    public override bool IsDone(Look before, Look after, string execution) => after.State == To;
}

/// <summary>The selector of a Service: read back by value.</summary>
internal sealed record Select() : ClusterDeed("selector", "select", "quantx-production", "services", "quantx-api-service", ReadBack.Value)
{
    protected override string JsonPath => "{.spec.selector.version}";

    public override async Task PrepareAsync()
    {
        await KubectlAsync("scale", "deployment", "quantx-api-green", "--replicas=1");
        await RolledOutAsync("quantx-api-green");
        await KubectlAsync("patch", "service", Name, "--type", "merge", "-p", "{\"spec\":{\"selector\":{\"version\":\"blue\"}}}");
    }

    public override bool IsDone(Look before, Look after, string execution) => after.State == "green";
}

/// <summary>A rollout: read back by the mark that it carries.</summary>
internal sealed record Restart(string Service) : ClusterDeed("restart", "restart", "quantx-production", "deployments", Service, ReadBack.Mark)
{
    protected override string JsonPath => "{.spec.template.metadata.annotations.cockpit/execution}";

    public override async Task PrepareAsync()
    {
        Inputs["service"] = Service;
        await RolledOutAsync(Service);
    }

    public override bool IsDone(Look before, Look after, string execution) => after.State == execution;
}

/// <summary>A variable of a deployment: read back by the mark that it carries.</summary>
internal sealed record Point() : ClusterDeed("env", "point", "bondx", "deployments", "risk-engine", ReadBack.Mark)
{
    protected override string JsonPath => "{.spec.template.spec.containers[0].env[?(@.name==\"DB_READ_REPLICA\")].value}";

    public override async Task PrepareAsync()
    {
        await KubectlAsync("set", "env", "deployment/risk-engine", "DB_READ_REPLICA-");
        await RolledOutAsync(Name);
    }

    public override bool IsDone(Look before, Look after, string execution) => after.State == "false";
}

/// <summary>A pod that goes: read back by its uid.</summary>
internal sealed record Delete(string Service) : ClusterDeed("delete-pod", "delete", "quantx-production", "pods", Service, ReadBack.UidGone)
{
    private string _pod = "";

    protected override string JsonPath => "{.metadata.uid}";

    protected override string CurrentName => _pod;

    public override async Task PrepareAsync()
    {
        await RolledOutAsync(Service);
        var pods = await KubectlAsync("get", "pods", "-l", $"app={Service}", "-o", "jsonpath={.items[?(@.status.podIP)].metadata.name}");
        Inputs["pod"] = _pod = pods.Split(' ')[0];
    }

    public override bool IsDone(Look before, Look after, string execution) => after.State.Length == 0;
}

/// <summary>What the API server wrote down of the cockpit's changes.</summary>
internal static class ClusterAudit
{
    /// <summary>Most ask for it in the address, a deletion in its body.</summary>
    private static readonly string[] DryRuns = ["dryRun=All", "\"dryRun\":[\"All\"]"];

    /// <summary>Changes that the cockpit made to an object or a part of it, dry runs and refusals left out.</summary>
    public static async Task<long> CountAsync(string space, string resource, string name)
    {
        await using var file = new FileStream(LabSetting.Get("COCKPIT_LAB_KUBE_AUDIT"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var lines = new StreamReader(file);
        var count = 0L;
        while (await lines.ReadLineAsync() is { } line)
        {
            if (!line.Contains($"\"{name}\"", StringComparison.Ordinal) || DryRuns.Any(mark => line.Contains(mark, StringComparison.Ordinal))) continue;
            var entry = JsonNode.Parse(line)!;
            var on = entry["objectRef"]!;
            if ((string?)on["namespace"] == space && (string?)on["resource"] == resource && (string?)on["name"] == name
                && (string?)entry["stage"] == "ResponseComplete" && (int)entry["responseStatus"]!["code"]! < 300) count++;
        }

        return count;
    }
}
