using System.Globalization;

namespace Cockpit.Connectors;

/// <summary>
/// Reads one connector's configuration section and collects every problem in it, each naming the key and what is accepted.
/// The framework's binder stops at the first value it cannot convert and quotes it, secret or not.
/// </summary>
internal sealed class ConnectorSection
{
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(1);

    private readonly IConfigurationSection _section;

    public ConnectorSection(IConfigurationSection section, params string[] keys)
    {
        _section = section;
        foreach (var child in section.GetChildren())
        {
            if (!keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
                Problems.Add($"{section.Path}:{child.Key} is not a setting; accepted are {string.Join(", ", keys)}.");
        }
    }

    public List<string> Problems { get; } = [];

    public void Problem(string key, string problem) => Problems.Add($"{_section.Path}:{key} {problem}");

    public string? Text(string key) => string.IsNullOrWhiteSpace(_section[key]) ? null : _section[key]!.Trim();

    /// <summary>A secret keeps its outer spaces.</summary>
    public string? Secret(string key) => string.IsNullOrEmpty(_section[key]) ? null : _section[key];

    public bool Flag(string key)
    {
        var text = Text(key);
        if (text is null) return false;
        if (bool.TryParse(text, out var flag)) return flag;
        Problem(key, "must be true or false.");
        return false;
    }

    public string? CaFile(string key)
    {
        var path = Text(key);
        if (path is not null && CertificateAuthority.Problem(path) is { } problem)
            Problem(key, $"{problem}; accepted is the path of a PEM file with the certificates to trust.");
        return path;
    }

    public TimeSpan Timeout(string key, TimeSpan fallback)
    {
        var text = Text(key);
        if (text is null) return fallback;
        if (ReadDuration(text) is { } duration && duration >= ShortestTimeout && duration <= LongestTimeout) return duration;
        Problem(key, "must be a duration between 50ms and 1m, such as 500ms, 2s or 00:00:02.");
        return fallback;
    }

    /// <summary>A list given as <c>Key:0</c>, <c>Key:1</c> … or in one value with commas.</summary>
    public IReadOnlyList<string> List(string key)
    {
        var children = _section.GetSection(key).GetChildren().Select(child => child.Value ?? "").ToList();
        if (children.Count == 0) children.AddRange((Text(key) ?? "").Split(','));
        return [.. children.Select(item => item.Trim()).Where(item => item.Length > 0)];
    }

    public IEnumerable<IConfigurationSection> Children(string key) => _section.GetSection(key).GetChildren();

    // A bare "5" would be five days to TimeSpan.Parse, so a unit or a colon is asked for.
    private static TimeSpan? ReadDuration(string text)
    {
        if (text.Contains(':'))
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? span : null;
        (string Unit, double Milliseconds)[] units = [("ms", 1), ("s", 1000), ("m", 60_000)];
        foreach (var (unit, milliseconds) in units)
        {
            if (!text.EndsWith(unit, StringComparison.Ordinal)) continue;
            var number = text[..^unit.Length].TrimEnd();
            return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) && count < 1e6
                ? TimeSpan.FromMilliseconds(count * milliseconds)
                : null;
        }

        return null;
    }
}
