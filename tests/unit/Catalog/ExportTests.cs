using System.Diagnostics;
using Cockpit.Catalog;
using Cockpit.Catalog.Export;

namespace Cockpit.Tests.Catalog;

public class ExportTests
{
    private static readonly PlatformCatalog Catalog = CatalogLoader.Load(Files.OwnCatalog).Catalog;

    [Fact]
    public void OpenSlo_survives_the_round_trip()
    {
        var again = Files.Load(("slos/all.yaml", OpenSloExport.Write(Catalog)));

        Assert.Empty(again.Errors);
        Assert.Equal(Catalog.Slos.Select(slo => slo with { File = "" }), again.Catalog.Slos.Select(slo => slo with { File = "" }));
        Assert.Equal(Catalog.Indicators.AsEnumerable(), again.Catalog.Indicators.AsEnumerable());
        Assert.Equal(Catalog.OpenSloObjects.Length, again.Catalog.OpenSloObjects.Length);
        Assert.All(Catalog.OpenSloObjects.Zip(again.Catalog.OpenSloObjects), pair => Assert.True(pair.First.Document.Says(pair.Second.Document), pair.First.Name));
    }

    [Theory]
    [InlineData("'yes'")]
    [InlineData("\"a\\nb\\u2028c\\uFEFF\"")]
    [InlineData("'0755'")]
    [InlineData("0755")]
    [InlineData("[a, [], {}, null, ~, '']")]
    [InlineData("{'x: y': 'it''s', \"\": e, 'null': 1}")]
    [InlineData("|\n      two\n\n      lines\n")]
    [InlineData("plain text with colon:in it")]
    [InlineData("2020-01-21 12:30:00")]
    public void Any_value_survives_the_round_trip(string value)
    {
        var text = $"apiVersion: openslo/v1\nkind: DataSource\nmetadata:\n  name: any\nspec:\n  type: X\n  connectionDetails:\n    value: {value}\n";
        var first = Files.Load(("slos/a.yaml", text));
        var again = Files.Load(("slos/a.yaml", OpenSloExport.Write(first.Catalog)));

        Assert.Equal(first.Errors.AsEnumerable(), again.Errors.AsEnumerable());
        if (first.IsValid) Assert.True(first.Catalog.OpenSloObjects[0].Document.Says(again.Catalog.OpenSloObjects[0].Document));
    }

    [Fact]
    public void Prometheus_rules_hold_the_tiers_and_say_which_are_refused()
    {
        var rules = PrometheusExport.Write(Catalog);

        Assert.Contains(
            "slo:bad:ratio_rate1h{objective=\"1\",slo=\"platform-availability\"} > 14.4 * (1 - 0.9995) and slo:bad:ratio_rate5m{objective=\"1\",slo=\"platform-availability\"} > 14.4 * (1 - 0.9995)",
            rules, StringComparison.Ordinal);
        Assert.Contains("A target of 100 % leaves no budget", rules, StringComparison.Ordinal);
    }

    [Fact]
    public void Windows_of_a_week_scale_and_factors_stay()
    {
        var week = Files.LoadWith("slos/platform.yaml", text => text.Swap("duration: 30d", "duration: 7d"));

        var rules = PrometheusExport.Write(week.Catalog);

        Assert.Contains("slo:bad:ratio_rate1h24m{objective=\"1\",slo=\"platform-availability\"} > 6 * (1 - 0.9995)", rules, StringComparison.Ordinal);
        Assert.Contains("# No alert at 14.4x over 14m", PrometheusExport.Write(Files.LoadWith("slos/platform.yaml", text => text.Swap("target: 0.9995", "target: 0.9")
            .Swap("duration: 30d", "duration: 7d")).Catalog), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("needs", "lab")]
    public void Promtool_accepts_every_rule()
    {
        using var directory = new ScratchDirectory();
        File.WriteAllText(Path.Combine(directory.Path, "rules.yaml"), PrometheusExport.Write(Catalog));

        AssertSucceeds(directory.Path, "promtool", "check", "rules", "rules.yaml");
    }

    /// <summary>On the objectives that the scenarios speak of: evaluating all of them minute by minute takes promtool minutes.</summary>
    [Fact]
    [Trait("needs", "lab")]
    public void Rules_fire_as_they_should()
    {
        using var directory = new ScratchDirectory();
        var spokenOf = Catalog with { Slos = [.. Catalog.Slos.Where(slo => slo.Definition.Id.Value is "platform-availability" or "market-data-freshness")] };
        File.WriteAllText(Path.Combine(directory.Path, "rules.yaml"), PrometheusExport.Write(spokenOf));
        File.Copy(Path.Combine(Files.Root, "tests", "unit", "Catalog", "rules_test.yaml"), Path.Combine(directory.Path, "rules_test.yaml"));

        AssertSucceeds(directory.Path, "promtool", "test", "rules", "rules_test.yaml");
    }

    [Fact]
    [Trait("needs", "lab")]
    public void Amtool_accepts_the_routing()
    {
        using var directory = new ScratchDirectory();
        File.WriteAllText(Path.Combine(directory.Path, "alertmanager.yaml"), AlertmanagerExport.Write(Catalog, tokenFile: "/etc/alertmanager/token"));

        AssertSucceeds(directory.Path, "amtool", "check-config", "alertmanager.yaml");
    }

    [Theory]
    [InlineData("prometheus-rules", "groups:")]
    [InlineData("alertmanager", "receiver: cockpit")]
    [InlineData("openslo", "apiVersion: openslo/v1")]
    [InlineData("kubernetes-role", "  name: cockpit")]
    public void Export_writes_to_output_only(string format, string expected)
    {
        using var output = new StringWriter();
        using var messages = new StringWriter();

        var code = CatalogCommands.Export(format, Files.OwnCatalog, output, messages);

        Assert.Equal((0, ""), (code, messages.ToString()));
        Assert.Contains(expected, output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Kubernetes_role_that_is_shipped_is_that_of_the_catalog() =>
        Assert.Equal(File.ReadAllText(Path.Combine(Files.OwnCatalog, "../deploy/kubernetes/access.yaml")), KubernetesRoleExport.Write(Catalog, KubernetesRoleExport.DefaultAccount));

    [Fact]
    public void Kubernetes_role_names_what_the_catalog_names_and_opens_a_namespace_only_where_a_person_chooses()
    {
        var role = KubernetesRoleExport.Write(Catalog, new("ops", "robot"));
        var bondx = role[..role.IndexOf("RoleBinding", StringComparison.Ordinal)];

        Assert.Contains("resources: [deployments/scale], resourceNames: [risk-engine, websocket-manager], verbs: [update]", bondx, StringComparison.Ordinal);
        Assert.DoesNotContain("delete", bondx, StringComparison.Ordinal);
        Assert.Contains("{apiGroups: [''], resources: [pods], verbs: [delete]}", role, StringComparison.Ordinal);
        Assert.DoesNotContain("exec", role, StringComparison.Ordinal);
        Assert.Contains("  namespace: ops\n  name: robot\n", role, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("cockpit")]
    [InlineData("a/b/c")]
    [InlineData("ops/Robot\n")]
    public void Service_account_of_another_shape_is_a_usage_error(string account)
    {
        using var output = new StringWriter();
        using var messages = new StringWriter();

        Assert.Equal((2, ""), (CatalogCommands.Export("kubernetes-role", Files.OwnCatalog, output, messages, serviceAccount: account), output.ToString()));
        Assert.Contains("namespace/name", messages.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Export_of_an_unknown_format_is_a_usage_error()
    {
        using var output = new StringWriter();
        using var messages = new StringWriter();

        Assert.Equal((2, ""), (CatalogCommands.Export("grafana", Files.OwnCatalog, output, messages), output.ToString()));
        Assert.Contains("prometheus-rules, alertmanager, openslo", messages.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_tells_errors_of_every_file_and_says_one()
    {
        using var directory = new ScratchDirectory();
        File.WriteAllText(Path.Combine(directory.Path, "services.yaml"), "services: 3\n");
        File.WriteAllText(Path.Combine(directory.Path, "capacity.yaml"), "figures: [\n");
        using var output = new StringWriter();
        using var messages = new StringWriter();

        var code = CatalogCommands.Validate(directory.Path, output, messages);

        Assert.Equal((1, ""), (code, output.ToString()));
        Assert.Contains("services.yaml:1:11: services: is a single value (accepted: a list)", messages.ToString(), StringComparison.Ordinal);
        Assert.Contains("capacity.yaml:", messages.ToString(), StringComparison.Ordinal);
        Assert.Contains("in 2 files", messages.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_of_a_missing_directory_says_one()
    {
        using var output = new StringWriter();
        using var messages = new StringWriter();

        Assert.Equal(1, CatalogCommands.Validate(Path.Combine(Files.Root, "no-such"), output, messages));
    }

    private static void AssertSucceeds(string directory, string program, params string[] arguments)
    {
        if (!Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(path => File.Exists(Path.Combine(path, program)))) return;
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program}: {output.Result}{errors.Result}");
    }

    private sealed class ScratchDirectory : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("cockpit-catalog-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
