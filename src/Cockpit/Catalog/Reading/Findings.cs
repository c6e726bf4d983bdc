namespace Cockpit.Catalog.Reading;

/// <summary>Collects what is wrong, and what was assumed, in one file.</summary>
internal sealed class Findings(string file)
{
    /// <summary>Errors beyond this are not told one by one: nobody reads the thousandth.</summary>
    private const int MostPerFile = 200;

    private readonly List<CatalogError> _errors = [];
    private readonly List<CatalogError> _assumptions = [];

    public string File { get; } = file;

    public int Count => _errors.Count;

    public IReadOnlyList<CatalogError> Errors => _errors;

    public IReadOnlyList<CatalogError> Assumptions => _assumptions;

    public void Add(Mark mark, string field, string message, string accepted = "")
    {
        if (_errors.Count < MostPerFile) _errors.Add(new CatalogError(File, mark.Line, mark.Column, field, message, accepted));
        else if (_errors.Count == MostPerFile) _errors.Add(new CatalogError(File, mark.Line, mark.Column, "", "further errors of this file are not listed", ""));
    }

    public void Assume(Mark mark, string field, string message) =>
        _assumptions.Add(new CatalogError(File, mark.Line, mark.Column, field, message, ""));
}
