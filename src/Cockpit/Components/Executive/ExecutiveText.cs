using System.Collections.Immutable;
using Cockpit.Components.Operations;
using Cockpit.Components.Slo;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Health;
using Cockpit.Live;
using Cockpit.UseCases.Alerting;
using Cockpit.UseCases.Objectives;

namespace Cockpit.Components.Executive;

/// <summary>What is going on, in words that need no engineer.</summary>
public static class ExecutiveText
{
    private const int NamedAtMost = 2;

    /// <summary>The colour as a word.</summary>
    public static string Word(OverallStatus status) => status switch
    {
        OverallStatus.Green => "Green",
        OverallStatus.Yellow => "Yellow",
        OverallStatus.Red => "Red",
        _ => "Unknown",
    };

    /// <summary>What is true now.</summary>
    public static string Headline(CockpitSnapshot snapshot)
    {
        if (snapshot.Health is not { } health) return "Waiting for the first measurements…";
        if (health.Overall.Status == OverallStatus.Green) return "All is well.";
        if (health.Overall.Status == OverallStatus.Unknown) return "Nobody can tell how the platform is: its measurements do not arrive.";
        var troubles = Troubles(health, snapshot.Objectives).Distinct().ToList();
        if (troubles.Count == 0) return health.Overall.Sentence;
        var named = string.Join(' ', troubles.Take(NamedAtMost).Select(trouble => trouble + "."));
        var more = troubles.Count - NamedAtMost;
        var critical = health.Services.Where(service => service.Facts.Critical).ToList();
        if (more > 0) return $"{named} {Capital(SloFigures.Word(more))} more {(more == 1 ? "thing is" : "things are")} not as promised.";
        return critical.Count > 0 && critical.All(service => service.Status == HealthStatus.Good) ? $"{named} Every critical service works." : named;
    }

    /// <summary>What is being done about it.</summary>
    public static string Doing(CockpitSnapshot snapshot)
    {
        if (snapshot.Health is not { } health) return "";
        if (snapshot.Executions.FirstOrDefault(execution => execution.IsOpen) is { } running)
            return $"The known fix is being applied by {running.RequestedBy}: {running.StateSentence}.";
        if (health.Overall.Status == OverallStatus.Green) return "Every critical part answers and keeps its limits.";
        if (NowText.Fitting(health.Cards) is not null) return "A known fix fits and waits for an engineer to apply it.";
        return health.Overall.Status == OverallStatus.Unknown ? "What you see below is the last that was known." : "No fix has been started from here.";
    }

    /// <summary>Since when; null while all is well or when nobody can say.</summary>
    public static DateTimeOffset? Since(CockpitSnapshot snapshot)
    {
        if (snapshot.Health is not { Overall.Status: OverallStatus.Yellow or OverallStatus.Red } health) return null;
        var state = snapshot.Objectives;
        return NowText.Fitting(health.Cards)?.Since ?? state.Alerts
            .Where(alert => alert is { Phase: AlertPhase.Firing, Severity: Severity.P1 or Severity.P2 })
            .Select(alert => SloRow.WallTime(alert.Since, state))
            .Min();
    }

    /// <summary>Alerts that fire, in the order in which they matter.</summary>
    public static ImmutableArray<OpenAlert> Alerts(ObjectivesState state) => [.. state.Alerts.Where(alert => alert.Phase == AlertPhase.Firing)];

    /// <summary>What stands where no alert fires: none, or that nobody would know.</summary>
    public static string NoAlerts(ObjectivesState state) => state switch
    {
        { SampledAt: null } => "Not known yet.",
        { UnknownRules.IsEmpty: false } => $"None is known of; {SloFigures.Counted(state.UnknownRules.Length, "rule")} cannot be told.",
        _ => "None.",
    };

    private static IEnumerable<string> Troubles(PlatformHealth health, ObjectivesState objectives)
    {
        foreach (var service in health.Services.Where(each => each.Status == HealthStatus.Bad).OrderByDescending(each => each.Facts.Critical))
            yield return $"{service.Facts.Title} is down";
        foreach (var tile in health.Tiles.Where(each => each.Status == HealthStatus.Bad))
            yield return OfTile(tile);
        foreach (var objective in objectives.Objectives.Where(each => each is { IsFiring: true, IsKnown: true, Facts.IsCritical: true }).OrderBy(each => each.Alert!.Severity))
            yield return objective.Alert!.Severity == Severity.P1
                ? $"{objective.Facts.ServiceTitle} fails more often than we can afford"
                : $"{objective.Facts.ServiceTitle} uses up its room faster than planned";
        foreach (var service in health.Services.Where(each => each.Status == HealthStatus.Warn))
            yield return service.Word == "Slow" ? $"{service.Facts.Title} is slow" : $"Some requests to {service.Facts.Title} fail";
        foreach (var service in health.Services.Where(each => each.Status == HealthStatus.Unknown && each.Facts.Critical))
            yield return $"{service.Facts.Title} cannot be seen";
        foreach (var tile in health.Tiles.Where(each => each.Status is HealthStatus.Warn or HealthStatus.Unknown))
            yield return tile.Status == HealthStatus.Unknown ? $"Nobody can see how {Plain(tile)}" : $"{Capital(Plain(tile))} not quite as promised";
    }

    private static string OfTile(Tile tile) => tile.Id switch
    {
        Tiles.WebSocket => "Live prices reach some clients late",
        Tiles.Redis => "Fast storage is changing servers, so some answers are slow",
        Tiles.ReplicaLag => "Some figures on screen are a little old",
        _ => $"{tile.Title} is {tile.Word.ToLowerInvariant()}",
    };

    private static string Plain(Tile tile) => tile.Id switch
    {
        Tiles.WebSocket => "live prices are",
        Tiles.Redis => "fast storage is",
        Tiles.ReplicaLag => "copies of the data are",
        _ => $"{tile.Title} is",
    };

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
