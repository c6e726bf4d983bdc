using System.Diagnostics;
using Cockpit.E2E.Support;

namespace Cockpit.E2E.Lab.Pages;

/// <summary>The hands that do things to the lab's servers.</summary>
internal static class Lab
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static string Folder => LabSetting.Get("COCKPIT_LAB_DIR");

    /// <summary>What <c>tests/lab/do</c> offers; answers what it prints.</summary>
    public static Task<string> DoAsync(params string[] arguments) => RunAsync(Repository.File("tests", "lab", "do"), arguments);

    /// <summary>Brings back whatever has been killed.</summary>
    public static Task<string> RepairAsync() => RunAsync(Repository.File("tests", "lab", "up"));

    /// <summary>The cluster as its administrator sees it.</summary>
    public static Task<string> KubectlAsync(params string[] arguments) =>
        RunAsync("kubectl", ["--kubeconfig", LabSetting.Get("COCKPIT_LAB_KUBECONFIG"), "--cache-dir", Path.Combine(Folder, "kube", "cache"), .. arguments]);

    /// <summary>Replicas that the real deployment asks for, and those that are ready.</summary>
    public static Task<string> ReplicasAsync(string space, string name) =>
        KubectlAsync("get", "deployment", name, "-n", space, "-o", "jsonpath={.spec.replicas} {.status.readyReplicas}");

    /// <inheritdoc cref="ReplicasAsync"/>
    public static Task<string> WebSocketManagersAsync() => ReplicasAsync("bondx", "websocket-manager");

    /// <summary>What a real ConfigMap holds under a key.</summary>
    public static Task<string> SettingAsync(string map, string key) => KubectlAsync("get", "configmap", map, "-n", "bondx", "-o", $"jsonpath={{.data.{key}}}");

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode == 0
            ? (await output).Trim()
            : throw new InvalidOperationException($"{Path.GetFileName(program)} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await errors} {await output}");
    }
}
