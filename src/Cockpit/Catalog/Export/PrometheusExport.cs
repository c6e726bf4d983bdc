using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Cockpit.Catalog.Reading;
using Cockpit.Domain.Slo;

namespace Cockpit.Catalog.Export;

/// <summary>Writes Prometheus rules: for each objective its ratios, its budget and its burn-rate alerts, then the catalog's own rules.</summary>
public static class PrometheusExport
{
    private static readonly TimeSpan SampleInterval = TimeSpan.FromMinutes(1);

    public static string Write(PlatformCatalog catalog)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Exported from catalog {catalog.Version}. Change the catalog, not this file.\ngroups:\n");
        foreach (var slo in catalog.Slos)
        {
            if (slo.IsPrometheus) AppendSlo(text, slo);
            else Append(text, 2, $"# {OneLine(slo.Definition.Id.Value)} is not measured by Prometheus and has no rules.");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in catalog.AlertGroups) AppendGroup(text, group, names);
        if (!catalog.Slos.Any(slo => slo.IsPrometheus) && catalog.AlertGroups.IsEmpty) text.Replace("groups:\n", "groups: []\n");
        return text.ToString();
    }

    private static void AppendSlo(StringBuilder text, CatalogSlo slo)
    {
        var definition = slo.Definition;
        Append(text, 2, $"- name: {YamlText.Quoted($"slo-{definition.Id}")}");
        Append(text, 4, "rules:");
        for (var index = 0; index < definition.Objectives.Length; index++)
        {
            var number = (index + 1).ToString(CultureInfo.InvariantCulture);
            var labels = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [
                KeyValuePair.Create("slo", definition.Id.Value), KeyValuePair.Create("objective", number), KeyValuePair.Create("service", definition.Service)]);
            AppendObjective(text, slo, definition.Objectives[index], labels);
        }
    }

    private static void AppendObjective(StringBuilder text, CatalogSlo slo, Objective objective, ImmutableSortedDictionary<string, string> labels)
    {
        var definition = slo.Definition;
        var matchers = string.Join(",", labels.Where(label => label.Key != "service").Select(label => $"{label.Key}={PromQl.Quoted(label.Value)}"));
        var ratio = new BadRatio(definition, objective, matchers);
        var policy = BurnRatePolicy.For(definition.Window, objective.Target, SampleInterval, slo.MinimumEvents, slo.KeepFiringFor);
        var period = definition.Window.NominalLength;
        foreach (var (record, expr) in ratio.Preparation()) AppendRecord(text, record, expr, labels);
        var windows = policy.Accepted.SelectMany(tier => new[] { tier.ShortWindow, tier.LongWindow }).Append(TimeSpan.FromMinutes(5)).Append(period).Distinct().Order();
        foreach (var window in windows) AppendRecord(text, NameOf(window), ratio.In(Durations.Format(window)), labels);
        AppendRecord(text, "slo:target:ratio", $"vector({Number(objective.Target.Value)})", labels);
        if (definition.Window is SloWindow.Calendar) Append(text, 6, $"# The budget of a calendar period is told by Cockpit; here it is that of the last {Durations.Format(period)}.");
        if (objective.Target.Value < 1)
            AppendRecord(text, "slo:budget_remaining:ratio", $"1 - ({NameOf(period)}{{{matchers}}} / {Budget(objective)})", labels);
        var info = labels.Add("owner", definition.Owner ?? "").Add("method", definition.Method.ToString()).Add("window", Durations.Format(period));
        AppendRecord(text, "slo:info", "vector(1)", info);
        foreach (var refused in policy.Refused)
            Append(text, 6, $"# No alert at {Number(refused.Tier.Factor)}x over {Durations.Format(refused.Tier.LongWindow)}: {OneLine(refused.Refusal.Reason)}");
        foreach (var tier in policy.Accepted) AppendBurn(text, slo, objective, tier, ratio, matchers, labels);
    }

    private static void AppendBurn(
        StringBuilder text, CatalogSlo slo, Objective objective, BurnRateTier tier, BadRatio ratio, string matchers, ImmutableSortedDictionary<string, string> labels)
    {
        var limit = $"{Number(tier.Factor)} * {Budget(objective)}";
        var expr = $"{NameOf(tier.LongWindow)}{{{matchers}}} > {limit} and {NameOf(tier.ShortWindow)}{{{matchers}}} > {limit}";
        if (slo.MinimumEvents > 0 && ratio.Events(Durations.Format(tier.LongWindow)) is { } events)
            expr = $"({expr}) and on() ({events} >= {Number(slo.MinimumEvents)})";
        Append(text, 6, "- alert: SloBudgetBurn");
        Append(text, 8, $"expr: {YamlText.Quoted(expr)}");
        if (slo.KeepFiringFor > TimeSpan.Zero) Append(text, 8, $"keep_firing_for: {Durations.Format(slo.KeepFiringFor)}");
        var isPage = tier.Urgency == BurnUrgency.Page;
        AppendTexts(text, 8, "labels", labels
            .Add("severity", isPage ? "critical" : "warning").Add("urgency", isPage ? "page" : "ticket")
            .Add("long_window", Durations.Format(tier.LongWindow)).Add("short_window", Durations.Format(tier.ShortWindow)));
        AppendTexts(text, 8, "annotations", ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [
            KeyValuePair.Create("summary", $"{Template(slo.Definition.DisplayName)}: the budget burns faster than {Number(tier.Factor)} times what it lasts for"),
            KeyValuePair.Create("description", $"{{{{ $value | humanizePercentage }}}} was bad over the last {Durations.Format(tier.LongWindow)}; the target allows {Percent(1 - objective.Target.Value)}.")]));
    }

    private static void AppendGroup(StringBuilder text, RuleGroup group, HashSet<string> names)
    {
        var name = group.Name;
        for (var number = 2; !names.Add(name); number++) name = string.Create(CultureInfo.InvariantCulture, $"{group.Name}-{number}");
        Append(text, 2, $"- name: {YamlText.Quoted(name)}");
        if (group.Interval is { } interval && interval > TimeSpan.Zero) Append(text, 4, $"interval: {Durations.Format(interval)}");
        Append(text, 4, "rules:");
        foreach (var rule in group.Rules)
        {
            if (rule is not AlertingRule alert)
            {
                AppendRecord(text, rule.Name, rule.Expr, rule.Labels);
                continue;
            }

            Append(text, 6, $"- alert: {YamlText.Quoted(alert.Name)}");
            Append(text, 8, $"expr: {YamlText.Quoted(alert.Expr)}");
            if (alert.For > TimeSpan.Zero) Append(text, 8, $"for: {Durations.Format(alert.For)}");
            if (alert.KeepFiringFor > TimeSpan.Zero) Append(text, 8, $"keep_firing_for: {Durations.Format(alert.KeepFiringFor)}");
            AppendTexts(text, 8, "labels", alert.Labels);
            AppendTexts(text, 8, "annotations", alert.Annotations);
        }
    }

    private static void AppendRecord(StringBuilder text, string name, string expr, ImmutableSortedDictionary<string, string> labels)
    {
        Append(text, 6, $"- record: {YamlText.Quoted(name)}");
        Append(text, 8, $"expr: {YamlText.Quoted(expr)}");
        AppendTexts(text, 8, "labels", labels);
    }

    private static void AppendTexts(StringBuilder text, int indent, string name, ImmutableSortedDictionary<string, string> texts)
    {
        if (texts.IsEmpty) return;
        Append(text, indent, $"{name}:");
        foreach (var (key, value) in texts) Append(text, indent + 2, $"{YamlText.Quoted(key)}: {YamlText.Quoted(value)}");
    }

    private static void Append(StringBuilder text, int indent, string line) => text.Append(' ', indent).Append(line).Append('\n');

    private static string NameOf(TimeSpan window) => $"slo:bad:ratio_rate{Durations.Format(window)}";

    private static string Budget(Objective objective) => $"(1 - {Number(objective.Target.Value)})";

    /// <summary>Fifteen digits: factors such as 6.000000000000001 are products of binary fractions, not figures anybody chose.</summary>
    private static string Number(double value) => double.Parse(value.ToString("G15", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.####} %");

    /// <summary>Text within a template of Prometheus, where two braces would start a command.</summary>
    private static string Template(string text) => text.Replace("{{", "{ {", StringComparison.Ordinal);

    private static string OneLine(string text) => new([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter)]);
}
