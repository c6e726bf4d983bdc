using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Cockpit.Connectors.Kubernetes.Config;

namespace Cockpit.Connectors.Kubernetes.Credentials;

/// <summary>A program that prints an ExecCredential, as the kubeconfig describes it.</summary>
internal sealed record ExecPlugin(
    string Origin, string ApiVersion, string Command, ImmutableArray<string> Arguments,
    ImmutableArray<(string Name, string Value)> Environment, string? InstallHint, JsonObject? Cluster)
{
    private const int LongestOutput = 1 << 20;

    public static ExecPlugin From(KubeconfigField exec, JsonObject cluster)
    {
        var version = exec.Text("apiVersion");
        if (version is not ("client.authentication.k8s.io/v1" or "client.authentication.k8s.io/v1beta1"))
            throw exec.Wrong("apiVersion", "client.authentication.k8s.io/v1 or client.authentication.k8s.io/v1beta1 is expected");
        if (exec.Text("interactiveMode") is { } mode && mode is not ("Never" or "IfAvailable"))
            throw exec.Wrong("interactiveMode", $"\"{mode}\" needs a terminal, which a server does not have; Never or IfAvailable is expected");
        var command = exec.Text("command") ?? throw exec.Wrong("command", "the path or name of a program is expected");
        if (command.Contains('/') || command.Contains(Path.DirectorySeparatorChar)) command = exec.Resolve(command);
        var environment = exec.Maps("env").Select(entry =>
            (entry.Text("name") ?? throw entry.Wrong("name", "the name of a variable is expected"), entry.Text("value") ?? ""));
        return new(
            exec.Wrong("command", "").Message.TrimEnd(' ', ':'), version, command, [.. exec.Texts("args")], [.. environment],
            exec.Text("installHint"), exec.Flag("provideClusterInfo") ? cluster : null);
    }

    /// <summary>Runs it once and returns what it printed. What it writes to its error stream may hold secrets and is dropped.</summary>
    /// <exception cref="CredentialUnavailableException">It could not be run, failed or printed too much.</exception>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        using var process = Start();
        try
        {
            var errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null, cancellationToken);
            var output = await ReadAsync(process.StandardOutput, cancellationToken);
            await errors;
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? output
                : throw new CredentialUnavailableException($"{Origin}: {Command} failed with exit code {process.ExitCode}; run it by hand to see why");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(Command)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in Arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        start.Environment["KUBERNETES_EXEC_INFO"] = Request().ToJsonString();
        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            return process;
        }
        catch (Exception problem) when (problem is Win32Exception or IOException)
        {
            throw new CredentialUnavailableException($"{Origin}: {Command} cannot be started{(InstallHint is null ? "" : $"; {InstallHint}")}", problem);
        }
    }

    private JsonObject Request()
    {
        var spec = new JsonObject { ["interactive"] = false };
        if (Cluster is not null) spec["cluster"] = Cluster.DeepClone();
        return new() { ["apiVersion"] = ApiVersion, ["kind"] = "ExecCredential", ["spec"] = spec };
    }

    private async Task<string> ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var output = new char[LongestOutput + 1];
        var length = await reader.ReadBlockAsync(output, cancellationToken);
        return length <= LongestOutput
            ? new(output, 0, length)
            : throw new CredentialUnavailableException($"{Origin}: {Command} printed more than {LongestOutput >> 20} MiB");
    }
}
