using Cockpit.Catalog.Reading;
using Cockpit.Domain.Cards;

namespace Cockpit.Catalog.Readers;

/// <summary>Names that catalog files declare and refer to; references are checked when all files are read.</summary>
internal sealed class Lookups
{
    private readonly Dictionary<(string Kind, string Name), (string File, int Line)> _declared = [];
    private readonly List<(string Kind, string Name, Findings Findings, Mark Mark, string Path)> _references = [];
    private readonly HashSet<string> _open = [];
    private readonly Dictionary<string, SignalDefinition> _signals = new(StringComparer.Ordinal);

    /// <summary>Declares a name; a second declaration of the same is reported.</summary>
    public void Declare(string kind, string name, Fields fields, string field)
    {
        if (name.Length == 0) return;
        var mark = fields.MarkOf(field);
        if (_declared.TryAdd((kind, name), (fields.Findings.File, mark.Line))) return;
        var (file, line) = _declared[(kind, name)];
        fields.Wrong(field, $"{kind} '{Fields.Shown(name)}' is already defined in {file} line {line}", "an id of its own");
    }

    public void DeclareBuiltIn(string kind, string name) => _declared.TryAdd((kind, name), ("", 0));

    /// <summary>Leaves references of the kind unchecked, because no file declares any. False when there is none to check.</summary>
    public bool LeaveOpen(string kind)
    {
        _open.Add(kind);
        return _references.Any(reference => reference.Kind == kind);
    }

    public void DeclareSignal(SignalDefinition signal) => _signals[signal.Id] = signal;

    /// <summary>The unit of a signal, or null. Signals are read before what refers to them.</summary>
    public FigureUnit? UnitOf(string signal) => _signals.TryGetValue(signal, out var found) ? found.Unit : null;

    /// <summary>Whether a signal has one figure a label value; null when it is unknown.</summary>
    public bool? IsSplit(string signal) => _signals.TryGetValue(signal, out var found) ? found.ByLabel is not null : null;

    public void Refer(string kind, string? name, Fields fields, string field)
    {
        if (!string.IsNullOrEmpty(name)) _references.Add((kind, name, fields.Findings, fields.MarkOf(field), fields.PathOf(field)));
    }

    public void Refer(string kind, IEnumerable<string> names, Fields fields, string field)
    {
        var items = (fields.Raw(field) as Sequence)?.Items ?? [];
        foreach (var name in names)
        {
            var index = items.IndexOf(items.FirstOrDefault(item => item is Scalar scalar && scalar.Text == name)!);
            var mark = index < 0 ? fields.MarkOf(field) : items[index].Mark;
            _references.Add((kind, name, fields.Findings, mark, index < 0 ? fields.PathOf(field) : $"{fields.PathOf(field)}[{index}]"));
        }
    }

    public void Refer(string kind, string name, Findings findings, Mark mark, string path) => _references.Add((kind, name, findings, mark, path));

    public void Check()
    {
        foreach (var (kind, name, findings, mark, path) in _references)
        {
            if (_open.Contains(kind) || _declared.ContainsKey((kind, name))) continue;
            var names = _declared.Keys.Where(key => key.Kind == kind).Select(key => key.Name).Order(StringComparer.Ordinal).ToList();
            var near = Spelling.Nearest(name, names);
            findings.Add(
                mark, path, $"refers to {kind} '{Fields.Shown(name)}', which is not defined{(near is null ? "" : $", did you mean '{near}'?")}",
                names.Count == 0 ? $"a {kind} defined in this catalog" : string.Join(", ", names.Take(40)));
        }
    }
}
