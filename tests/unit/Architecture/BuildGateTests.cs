using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Cockpit.Tests.Architecture;

/// <summary>The build itself refuses what a reviewer would have to see: a planted project under this repository's own settings.</summary>
public sealed partial class BuildGateTests : IDisposable
{
    private readonly string _directory = Directory.CreateDirectory(
        Path.Combine(RepositoryRoot(), "tests", "unit", "obj", $"planted-{Environment.ProcessId}")).FullName;

    public void Dispose() => Directory.Delete(_directory, true);

    [Fact]
    public async Task Build_refuses_each_planted_violation_and_nothing_else()
    {
        await WriteAsync("Planted.csproj", """<Project Sdk="Microsoft.NET.Sdk" />""");
        await WriteAsync("Clean.cs", """
            namespace Planted;

            internal static class Clean
            {
                public static async Task<DateTimeOffset> NowAsync(TimeProvider clock, CancellationToken cancellationToken)
                {
                    await Task.Delay(TimeSpan.FromSeconds(1), clock, cancellationToken);
                    using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(1), clock);
                    return clock.GetUtcNow();
                }
            }

            """);
        await WriteAsync("Clock.cs", """
            namespace Planted;

            internal static class Clock
            {
                public static object[] Read() => [DateTime.Now, DateTime.UtcNow, DateTime.Today, DateTimeOffset.Now, DateTimeOffset.UtcNow];

                public static async Task SleepAsync(CancellationToken cancellationToken)
                {
                    await Task.Delay(5, cancellationToken);
                    await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
                    using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
                    using var timeout = new CancellationTokenSource(5);
                    Thread.Sleep(5);
                }
            }

            """);
        await WriteAsync("Style.cs", """
            using System.Text;
            namespace Planted;

            internal static class Style
            {
                public static int Sum(int left,int right)
                {
                    return left+right;
                }

                public static Task WaitAsync(Task task, CancellationToken cancellationToken) => Task.Run(() => task);
            }

            """);
        await WriteAsync("Block.cs", """
            namespace Planted
            {
                internal static class Block;
            }

            """);

        var errors = await BuildAsync();

        Assert.Equal(
            [
                "Block.cs: IDE0161",
                "Clock.cs: RS0030 × 10",
                "Style.cs: CA2016", "Style.cs: IDE0005", "Style.cs: IDE0055 × 3",
            ],
            errors);
    }

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_directory, name), text);

    private async Task<IEnumerable<string>> BuildAsync()
    {
        var start = new ProcessStartInfo("dotnet", ["build", "-nologo", "-v:q", "-clp:NoSummary", "--disable-build-servers", "-p:RestorePackagesWithLockFile=false", "-p:RestoreLockedMode=false"])
        {
            WorkingDirectory = _directory,
            RedirectStandardOutput = true,
        };
        foreach (var inherited in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(inherited);
        using var build = Process.Start(start)!;
        var output = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();

        Assert.True(build.ExitCode != 0, output);
        return Error().Matches(output)
            .Select(match => (Place: match.Value, Text: $"{match.Groups["file"].Value}: {match.Groups["code"].Value}")).Distinct()
            .GroupBy(error => error.Text).Select(group => group.Count() == 1 ? group.Key : $"{group.Key} × {group.Count()}").Order(StringComparer.Ordinal);
    }

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Cockpit.sln"))) directory = directory.Parent ?? throw new DirectoryNotFoundException("Cockpit.sln");
        return directory.FullName;
    }

    [GeneratedRegex(@"(?<file>\w+\.cs)\(\d+,\d+\): error (?<code>\w+):")]
    private static partial Regex Error();
}
