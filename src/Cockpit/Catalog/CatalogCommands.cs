using System.Globalization;
using Cockpit.Catalog.Export;
using Cockpit.Domain.OnCall;

namespace Cockpit.Catalog;

/// <summary>The catalog's commands: results go to standard output, messages to standard error.</summary>
public static class CatalogCommands
{
    public const int Good = 0;
    public const int BadInput = 1;
    public const int Usage = 2;

    /// <summary>What <see cref="Export"/> can write.</summary>
    public static readonly IReadOnlyList<string> Formats = ["prometheus-rules", "alertmanager", "openslo", "ical", "kubernetes-role"];

    /// <summary>Checks a catalog and tells every error of every file.</summary>
    public static int Validate(string directory, TextWriter output, TextWriter messages)
    {
        var load = CatalogLoader.Load(directory);
        foreach (var assumption in load.Assumptions) messages.WriteLine($"note: {assumption}");
        if (Report(load, messages) is { } bad) return bad;
        var catalog = load.Catalog;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"catalog {catalog.Version} is valid: {catalog.Services.Length} services, {catalog.Signals.Length} signals, {catalog.Slos.Length} objectives, {catalog.Indicators.Length} indicators, {catalog.Alerts.Count()} alerts, {catalog.Cards.Length} cards, {catalog.Runbooks.Length} runbooks"));
        return Good;
    }

    /// <summary>Writes a catalog in another tool's format. A catalog with errors is not exported.</summary>
    public static int Export(
        string format, string directory, TextWriter output, TextWriter messages,
        Uri? webhook = null, string? tokenFile = null, string? serviceAccount = null, TimeProvider? clock = null)
    {
        if (!Formats.Contains(format))
        {
            messages.WriteLine($"'{format}' is no export (accepted: {string.Join(", ", Formats)})");
            return Usage;
        }

        if ((serviceAccount is null ? KubernetesRoleExport.DefaultAccount : ServiceAccountName.Parse(serviceAccount)) is not { } account)
        {
            messages.WriteLine($"'{serviceAccount}' is no service account (accepted: namespace/name)");
            return Usage;
        }

        var load = CatalogLoader.Load(directory);
        if (Report(load, messages) is { } bad) return bad;
        output.Write(format switch
        {
            "prometheus-rules" => PrometheusExport.Write(load.Catalog),
            "alertmanager" => AlertmanagerExport.Write(load.Catalog, webhook, tokenFile),
            "kubernetes-role" => KubernetesRoleExport.Write(load.Catalog, account),
            "ical" => Calendar(load.Catalog, (clock ?? TimeProvider.System).GetUtcNow()),
            _ => OpenSloExport.Write(load.Catalog),
        });
        return Good;
    }

    /// <summary>The rotation from last week to a year on. Overrides are people's: the cockpit's own feed has them.</summary>
    private static string Calendar(PlatformCatalog catalog, DateTimeOffset now) => catalog.OnCall is { } plan
        ? OnCallCalendar.Write(new OnCallSchedule(plan, []), now.AddDays(-7), now.AddDays(365), now)
        : OnCallCalendar.Write(new OnCallSchedule(NoPlan, []), now, now, now);

    private static readonly OnCallPlan NoPlan = new(
        new RotationRule(TimeSpan.FromDays(7), DayOfWeek.Monday, default, TimeZoneInfo.Utc, new DateOnly(2026, 1, 5), TimeSpan.Zero, ""),
        new BusinessHours([], default, default, TimeZoneInfo.Utc, null), [], [], []);

    private static int? Report(CatalogLoad load, TextWriter messages)
    {
        if (load.IsValid) return null;
        foreach (var error in load.Errors) messages.WriteLine($"error: {error}");
        var files = load.Errors.Select(error => error.File).Distinct().Count();
        messages.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{load.Errors.Length} errors in {files} files"));
        return BadInput;
    }
}
