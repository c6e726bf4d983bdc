using System.Diagnostics;

namespace Cockpit.E2E.Hosting;

/// <summary>The program itself, started with settings it cannot use.</summary>
public sealed class WrongConfigurationTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Embedded_mode_names_every_wrong_key_at_once_and_exits_with_1()
    {
        var (code, output, errors) = await StartAsync(
            "--Mode", "purple", "--Security:SignInsPerMinute", "0", "--Security:AllowedOrigins:0", "elsewhere", "--Storage:Kind", "paper",
            "--Estate:Speed", "1000", "--Estate:Faults:0", "earthquake");

        Assert.Equal(1, code);
        Assert.Equal("", output);
        Assert.All((string[])["Mode", "Security:SignInsPerMinute", "Security:AllowedOrigins", "Storage:Kind", "Estate:Speed", "Estate:Faults:0"],
            key => AssertNamed(key, errors));
    }

    [Fact]
    public async Task Live_mode_names_every_wrong_key_at_once_and_exits_with_1()
    {
        var (code, output, errors) = await StartAsync(
            "--Mode", "live", "--Storage:Kind", "postgres", "--Prometheus:Url", "not an address", "--Kubernetes:Kubeconfig", "/there/is/none",
            "--Kubernetes:Timeout", "01:00:00", "--Redis:Sentinels:0", "nowhere:port", "--Postgres:Primary", "Host", "--Security:FirstAdminPassword", "short");

        Assert.Equal(1, code);
        Assert.Equal("", output);
        Assert.All((string[])["Storage:ConnectionString", "Prometheus:Url", "Kubernetes:", "Redis:Sentinels", "Postgres:Primary", "Security:FirstAdminPassword"],
            key => AssertNamed(key, errors));
    }

    private static void AssertNamed(string key, string[] errors) => Assert.Contains(
        errors, line => line.Contains(key, StringComparison.Ordinal) && line.Contains("accepted", StringComparison.Ordinal));

    private static async Task<(int Code, string Output, string[] Errors)> StartAsync(params string[] settings)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "Cockpit.dll"), "--urls", "http://127.0.0.1:0", .. settings])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output, (await errors).Split('\n'));
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}
