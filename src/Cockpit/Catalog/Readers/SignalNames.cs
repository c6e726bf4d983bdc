using Cockpit.Catalog.Reading;

namespace Cockpit.Catalog.Readers;

/// <summary>References to signals: <c>id</c>, or <c>id{value}</c> for one label value of a signal that is split.</summary>
/// <remarks>A split signal named without a value means the worst of its values.</remarks>
internal static class SignalNames
{
    public static string BaseOf(string reference)
    {
        var brace = reference.IndexOf('{', StringComparison.Ordinal);
        return brace < 0 ? reference : reference[..brace];
    }

    public static void Refer(Fields fields, string field, string? reference, Lookups lookups)
    {
        if (string.IsNullOrEmpty(reference)) return;
        var name = BaseOf(reference);
        if (name.Length != reference.Length && (!reference.EndsWith('}') || reference.Length - name.Length < 3))
            fields.Wrong(field, $"'{Fields.Shown(reference)}' is no signal", "id or id{label value}");
        else lookups.Refer("signal", name, fields, field);
        if (name.Length != reference.Length && lookups.IsSplit(name) == false)
            fields.Wrong(field, $"{name} is not split by a label", name);
    }
}
