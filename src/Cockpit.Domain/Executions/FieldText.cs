using System.Collections.Immutable;

namespace Cockpit.Domain.Executions;

/// <summary>Fields of a target in words.</summary>
public static class FieldText
{
    /// <summary>What the target holds in these fields, as a sentence fragment.</summary>
    public static string Of(TargetState target, ImmutableArray<FieldChange> fields) =>
        fields.IsEmpty ? "as it was" : string.Join(", ", fields.Select(field => Of(field.Name, target[field.Name])));

    /// <summary>One field's value, as a sentence fragment.</summary>
    public static string Of(string field, string? value) => (field, value) switch
    {
        ("replicas", "1") => "the target asks for 1 replica",
        ("replicas", { } count) => $"the target asks for {count} replicas",
        (_, null) => $"{Short(field)} is absent",
        _ => $"{Short(field)} is {value}",
    };

    private static string Short(string field) => field[(field.IndexOf('.', StringComparison.Ordinal) + 1)..];
}
