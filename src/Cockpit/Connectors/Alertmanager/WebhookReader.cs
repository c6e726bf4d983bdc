using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Incidents;
using Cockpit.UseCases.Incidents;

namespace Cockpit.Connectors.Alertmanager;

/// <summary>
/// Reads what Alertmanager posts (webhook version 4) and what looks like it. An alert is its labels: fingerprints can be missing or repeated.
/// Whatever cannot be understood is kept and says so, because a strange alert is still an alert.
/// </summary>
/// <remarks>
/// <code>{"version":"4","groupKey":"{}:{alertname=\"X\"}","truncatedAlerts":0,"status":"firing","receiver":"cockpit","groupLabels":{},
/// "commonLabels":{},"commonAnnotations":{},"externalURL":"…","alerts":[{"status":"firing","labels":{},"annotations":{},
/// "startsAt":"2026-11-22T03:12:00Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"…","fingerprint":"c7d2…"}]}</code>
/// </remarks>
internal static class WebhookReader
{
    public const string Source = "Alertmanager";

    private const int MostLabels = 64;
    private const int LongestName = 200;
    private const int LongestValue = 1_000;
    private const int LongestSummary = 300;
    private const int LongestKey = 2_000;

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 32 };

    /// <summary>The batch; null when it is no webhook at all.</summary>
    public static AlertBatch? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Lenient);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("alerts", out var alerts) || alerts.ValueKind != JsonValueKind.Array) return null;
            var status = TextOf(root, "status");
            var truncated = root.TryGetProperty("truncatedAlerts", out var held) && held.ValueKind == JsonValueKind.Number && held.TryGetInt64(out var count) ? Math.Max(0, count) : 0;
            return new AlertBatch(
                Source, TextOf(root, "groupKey") is { Length: > 0 } key ? Clean(key, LongestKey) : null,
                [.. alerts.EnumerateArray().Select(alert => Alert(alert, status))], truncated);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // Invalid UTF-8 within a string shows only when the string is read.
            return null;
        }
    }

    /// <summary>What stands for a delivery that is no webhook: somebody must look why.</summary>
    public static AlertBatch Unreadable(int bytes) => Instead(string.Create(
        CultureInfo.InvariantCulture, $"a delivery of {bytes} bytes is no webhook of version 4; an alert may be hidden in it"));

    /// <summary>What stands for a delivery that was not read to its end.</summary>
    public static AlertBatch TooLarge(int most) => Instead(string.Create(
        CultureInfo.InvariantCulture, $"a delivery was larger than {most} bytes (Alertmanager:MaxBytes) and not read; its alerts are missing here"));

    private static AlertBatch Instead(string problem) => new(Source, "cockpit/unreadable",
    [
        new AlertSighting("cockpit/unreadable", "UnreadableWebhook", true, ImmutableSortedDictionary<string, string>.Empty,
            "Alertmanager sent something that cannot be understood", Severity.P2, null, null, null, null, null, problem),
    ], 0);

    private static AlertSighting Alert(JsonElement alert, string? groupStatus)
    {
        var problems = new List<string>();
        if (alert.ValueKind != JsonValueKind.Object)
            return new AlertSighting(Hash(alert.GetRawText()), "(nameless)", true, ImmutableSortedDictionary<string, string>.Empty,
                "An alert that could not be understood", Severity.P2, null, null, null, null, null, "it is no object");

        var labels = Pairs(alert, "labels", problems);
        var annotations = Pairs(alert, "annotations", problems);
        if (labels.Count == 0) problems.Add("it has no labels");
        var name = labels.GetValueOrDefault("alertname");
        if (name is null && labels.Count > 0) problems.Add("it has no name");
        var status = TextOf(alert, "status") ?? groupStatus;
        if (status is null) problems.Add("it does not say whether it fires");
        var isFiring = !string.Equals(status, "resolved", StringComparison.OrdinalIgnoreCase);
        var fingerprint = labels.Count > 0 ? Hash(string.Join('\n', labels.Select(label => $"{label.Key}\t{label.Value}")))
            : TextOf(alert, "fingerprint") is { Length: > 0 and < LongestName } given ? Clean(given, LongestName) : Hash(alert.GetRawText());
        return new AlertSighting(
            fingerprint, name ?? "(nameless)", isFiring, labels, Summary(annotations, labels, name), Severities.FromLabel(labels.GetValueOrDefault("severity")),
            labels.GetValueOrDefault("service"), annotations.GetValueOrDefault("card") ?? labels.GetValueOrDefault("card"), annotations.GetValueOrDefault("runbook"),
            Instant(alert, "startsAt"), isFiring ? null : Instant(alert, "endsAt"), problems.Count == 0 ? null : string.Join(", ", problems.Distinct()));
    }

    private static string Summary(ImmutableSortedDictionary<string, string> annotations, ImmutableSortedDictionary<string, string> labels, string? name)
    {
        foreach (var key in (string[])["summary", "description", "message", "title"])
            if (annotations.GetValueOrDefault(key) is { } text && !string.IsNullOrWhiteSpace(text)) return Clean(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), LongestSummary).TrimEnd('.');
        if (name is null) return "An alert that could not be understood";
        var where = labels.GetValueOrDefault("service") ?? labels.GetValueOrDefault("instance");
        return where is null ? name : $"{name} on {where}";
    }

    private static ImmutableSortedDictionary<string, string> Pairs(JsonElement alert, string member, List<string> problems)
    {
        if (!alert.TryGetProperty(member, out var map) || map.ValueKind == JsonValueKind.Null) return ImmutableSortedDictionary<string, string>.Empty;
        if (map.ValueKind != JsonValueKind.Object)
        {
            problems.Add($"its {member} are no map");
            return ImmutableSortedDictionary<string, string>.Empty;
        }

        var pairs = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var pair in map.EnumerateObject())
        {
            if (pairs.Count == MostLabels)
            {
                problems.Add($"it has more than {MostLabels} {member}");
                break;
            }

            var value = pair.Value.ValueKind == JsonValueKind.String ? pair.Value.GetString()! : pair.Value.GetRawText();
            if (value.Length > 0 && value != "null") pairs[Clean(pair.Name, LongestName)] = Clean(value, LongestValue);
        }

        return pairs.ToImmutable();
    }

    /// <summary>The year 1 means unknown, and so does whatever is no time of our days.</summary>
    private static DateTimeOffset? Instant(JsonElement alert, string member) =>
        TextOf(alert, member) is { } text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
        && instant.Year is > 2000 and < 2200 ? instant : null;

    private static string? TextOf(JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Text that every storage keeps: no U+0000, no half characters, not endless.</summary>
    private static string Clean(string text, int longest)
    {
        var clean = new StringBuilder(Math.Min(text.Length, longest));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > longest) break;
            if (rune.Value != 0) clean.Append(rune.ToString());
        }

        return clean.ToString();
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..24];
}
