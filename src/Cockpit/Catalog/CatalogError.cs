namespace Cockpit.Catalog;

/// <summary>Something in a catalog file that a person should correct.</summary>
/// <param name="File">Path relative to the catalog's directory, with forward slashes.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Field">Path of the field, for example <c>spec.objectives[0].target</c>; empty for the file as a whole.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Accepted">What would be right; empty when the message says it all.</param>
public sealed record CatalogError(string File, int Line, int Column, string Field, string Message, string Accepted)
{
    /// <summary>One line, in the shape that editors turn into a link.</summary>
    public override string ToString()
    {
        var field = Field.Length == 0 ? "" : $"{Field}: ";
        var accepted = Accepted.Length == 0 ? "" : $" (accepted: {Accepted})";
        return $"{File}:{Line}:{Column}: {field}{Message}{accepted}";
    }
}
