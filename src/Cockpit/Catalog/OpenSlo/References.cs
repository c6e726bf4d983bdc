using Cockpit.Catalog.Reading;

namespace Cockpit.Catalog.OpenSlo;

/// <summary>The objects of a catalog by kind and name; references are checked against it.</summary>
internal sealed class References
{
    private readonly Dictionary<(string Kind, string Name), OpenSloObject> _objects = [];

    public IEnumerable<OpenSloObject> Of(string kind) => _objects.Values.Where(found => found.Kind == kind);

    public void Add(OpenSloObject found)
    {
        if (_objects.TryAdd((found.Kind, found.Name), found)) return;
        var first = _objects[(found.Kind, found.Name)];
        var name = ((found.Document as Mapping)?["metadata"] as Mapping)?["name"];
        found.Findings.Add(
            name?.Mark ?? found.Document.Mark, "metadata.name",
            $"{found.Kind} '{found.Name}' is already defined in {first.Findings.File} line {first.Document.Mark.Line}", "a name of its own");
    }

    public OpenSloObject? Find(string kind, string name) => _objects.GetValueOrDefault((kind, name));

    /// <summary>Reports a reference that leads nowhere.</summary>
    public void Check(Fields fields, string field, string kind, string name)
    {
        if (name.Length == 0 || Find(kind, name) is not null) return;
        Dangling(fields.Findings, fields.MarkOf(field), fields.PathOf(field), kind, name);
    }

    public void Dangling(Findings findings, Mark mark, string path, string kind, string name)
    {
        var names = Of(kind).Select(found => found.Name).Order(StringComparer.Ordinal).ToList();
        var near = Spelling.Nearest(name, names);
        findings.Add(
            mark, path, $"refers to {kind} '{Fields.Shown(name)}', which is not defined{(near is null ? "" : $", did you mean '{near}'?")}",
            names.Count == 0 ? $"the name of {kind} defined in this catalog" : string.Join(", ", names.Take(12)));
    }
}
