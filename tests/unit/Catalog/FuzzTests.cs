using System.Collections.Immutable;
using System.Text;
using Cockpit.Catalog;
using Cockpit.Catalog.Export;

namespace Cockpit.Tests.Catalog;

/// <summary>Mutated catalogs: 300 in every run, COCKPIT_FUZZ=10000 for as many.</summary>
public class FuzzTests
{
    private static readonly int Runs = int.TryParse(Environment.GetEnvironmentVariable("COCKPIT_FUZZ"), out var runs) ? runs : 120;

    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Mutated_bytes_never_crash_or_hang()
    {
        for (var seed = 0; seed < Runs; seed++)
        {
            var random = new Random(seed);
            var file = Files.Own[random.Next(Files.Own.Length)];
            var mutated = file with { Bytes = Scramble(file.Bytes!, random) };

            var load = await InTimeAsync(seed, () => CatalogLoader.Load(Files.Own.Replace(file, mutated)));

            Assert.All(load.Errors, error => Assert.True(error is { Line: >= 1, Column: >= 1, Message.Length: > 0 }, $"seed {seed}: {error}"));
            if (!load.IsValid) continue;
            var again = Files.Load(("slos/all.yaml", OpenSloExport.Write(load.Catalog)));
            Assert.True(again.Errors.All(error => error.Field == "spec.service"), $"seed {seed}: {string.Join("; ", again.Errors)}");
            Assert.Equal(load.Catalog.Slos.Select(slo => slo.Definition), again.Catalog.Slos.Select(slo => slo.Definition));
            PrometheusExport.Write(load.Catalog);
            AlertmanagerExport.Write(load.Catalog);
        }
    }

    [Fact]
    public async Task Mutated_lines_that_change_the_meaning_are_never_accepted_silently()
    {
        var accepted = new List<string>();
        for (var seed = 0; seed < Runs; seed++)
        {
            var random = new Random(seed);
            var file = Files.Own[random.Next(Files.Own.Length)];
            if (Break(Encoding.UTF8.GetString(file.Bytes!), file.Path, random) is not { } broken) continue;

            var load = await InTimeAsync(seed, () => CatalogLoader.Load(Files.Own.Replace(file, Files.File(file.Path, broken.Text))));

            if (load.IsValid) accepted.Add($"seed {seed}: {file.Path}: {broken.What}");
        }

        Assert.Empty(accepted);
    }

    private static async Task<CatalogLoad> InTimeAsync(int seed, Func<CatalogLoad> load)
    {
        try
        {
            return await Task.Run(load).WaitAsync(Hang, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            throw new InvalidOperationException($"seed {seed} hangs");
        }
    }

    private static byte[] Scramble(byte[] bytes, Random random)
    {
        var result = bytes.ToList();
        for (var times = random.Next(1, 6); times > 0 && result.Count > 0; times--)
        {
            var at = random.Next(result.Count);
            switch (random.Next(7))
            {
                case 0:
                    result[at] = (byte)random.Next(256);
                    break;
                case 1:
                    result.RemoveRange(at, Math.Min(result.Count - at, random.Next(1, 60)));
                    break;
                case 2:
                    result.InsertRange(random.Next(result.Count), result.GetRange(at, Math.Min(result.Count - at, random.Next(1, 400))));
                    break;
                case 3:
                    result.RemoveRange(at, result.Count - at);
                    break;
                case 4:
                    result.InsertRange(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 5:
                    result.InsertRange(at, Enumerable.Repeat((byte)"[{-: \t&*!|>'\"%@`"[random.Next(16)], random.Next(1, 3000)));
                    break;
                default:
                    (result[at], result[^1]) = (result[^1], result[at]);
                    break;
            }
        }

        return [.. result];
    }

    private static readonly ImmutableArray<byte[]> Pieces =
    [
        [0], [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], [0xC0, 0x80], [0xED, 0xA0, 0x80], .. new[]
        {
            "\n---\n", "\n...\n", "&a ", "*a", "<<: *a\n", "!!binary ", "!<tag:x> ", "? ", "\t", "\r", "\u2028", "\u0085", "null", "~", ".nan", ".inf", "-1", "1e999",
            "99999999999999999999", "{{", "}}", "${x}", "\"\\uD800\"", "|+9\n", "%YAML 1.9\n", "# ", "[[[[", "{a: {b: ", "-5m", "Week", "sli", "\0",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>One change that no valid catalog survives; null when the file offers no place for it.</summary>
    private static (string Text, string What)? Break(string text, string path, Random random)
    {
        var lines = text.Split('\n');
        var isMarkdown = path.EndsWith(".md", StringComparison.Ordinal);
        var end = isMarkdown ? Array.IndexOf(lines, "---", 1) : lines.Length;
        var fields = Enumerable.Range(isMarkdown ? 1 : 0, Math.Max(0, end - (isMarkdown ? 1 : 0))).Where(index => IsField(lines[index])).ToList();
        if (fields.Count == 0) return null;
        var line = fields[random.Next(fields.Count)];
        var colon = lines[line].IndexOf(':', StringComparison.Ordinal);
        var name = lines[line][..colon].Trim(' ', '-');
        switch (random.Next(4))
        {
            case 0 when !IsFree(lines, line):
                lines[line] = $"{lines[line][..colon]}x{lines[line][colon..]}";
                return (string.Join('\n', lines), $"line {line + 1}: field {name} is called {name}x");
            case 1 when name is "target" or "threshold" or "number" or "value" or "level" && path != "slos/common.yaml":
                lines[line] = $"{lines[line][..colon]}: much";
                return (string.Join('\n', lines), $"line {line + 1}: {name} is no number");
            case 2 when name is "kind" or "is" or "unit" && !path.StartsWith("signals", StringComparison.Ordinal) && !(name == "unit" && path.StartsWith("slos", StringComparison.Ordinal)):
                lines[line] = $"{lines[line][..colon]}: nonsense";
                return (string.Join('\n', lines), $"line {line + 1}: {name} is nonsense");
            case 3 when name is "signal" or "service" or "escalation" or "owner" or "metricSourceRef" or "alertPolicyRef" or "conditionRef" or "targetRef"
                && !path.StartsWith("alerts", StringComparison.Ordinal) && !(isMarkdown && name == "escalation")
                && (!path.StartsWith("slos", StringComparison.Ordinal) || name.EndsWith("Ref", StringComparison.Ordinal)):
                lines[line] = $"{lines[line][..colon]}: no.such.thing";
                return (string.Join('\n', lines), $"line {line + 1}: {name} refers to nothing");
            default:
                return null;
        }
    }

    private static bool IsField(string line)
    {
        var trimmed = line.TrimStart(' ', '-');
        var colon = trimmed.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && !line.TrimStart().StartsWith('#') && trimmed[..colon].All(letter => char.IsAsciiLetter(letter) || letter is '-' or '_')
            && (colon == trimmed.Length - 1 || trimmed[colon + 1] == ' ');
    }

    /// <summary>Fields under these may have any name.</summary>
    private static bool IsFree(string[] lines, int line)
    {
        var indent = Indent(lines[line]);
        for (var above = line - 1; above >= 0 && indent > 0; above--)
        {
            if (lines[above].Trim().Length == 0 || Indent(lines[above]) >= indent) continue;
            indent = Indent(lines[above]);
            var name = lines[above].Trim(' ', '-');
            if (name.StartsWith("labels:", StringComparison.Ordinal) || name.StartsWith("annotations:", StringComparison.Ordinal) || name.StartsWith("parameters:", StringComparison.Ordinal)
                || name is "spec:" && lines[above].Length > 0 && lines[Math.Max(0, above - 1)].Contains("type: Prometheus", StringComparison.Ordinal)
                || name.EndsWith('|') || name.EndsWith(">-", StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static int Indent(string line) => line.Length - line.TrimStart(' ').Length;
}
