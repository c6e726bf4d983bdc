using Cockpit.Catalog.Reading;
using Cockpit.Domain.Slo;

namespace Cockpit.Catalog.OpenSlo;

/// <summary>Values that OpenSLO writes in its own way.</summary>
internal static class OpenSloFields
{
    public static Comparison? Operator(Fields fields, string name)
    {
        switch (fields.OptionalText(name))
        {
            case null:
                return null;
            case "lt":
                return Comparison.LessThan;
            case "lte":
                return Comparison.LessOrEqual;
            case "gt":
                return Comparison.GreaterThan;
            case "gte":
                return Comparison.GreaterOrEqual;
            case var other:
                fields.Wrong(name, $"'{Fields.Shown(other)}' is not accepted", "lt, lte, gt, gte");
                return null;
        }
    }

    /// <summary>A length of time in the shorthand, months and longer by their nominal length.</summary>
    public static TimeSpan? Span(Fields fields, string name, bool required, bool zeroAllowed)
    {
        if (fields.OptionalText(name) is not { } text)
        {
            if (required && !fields.Has(name)) fields.Missing(name, OpenSloDurations.Accepted);
            return null;
        }

        if (OpenSloDurations.TryParse(text, out var count, out var unit) && (count > 0 || zeroAllowed)) return count * OpenSloDurations.LengthOf(unit);
        fields.Wrong(name, $"'{Fields.Shown(text)}' is not a duration", OpenSloDurations.Accepted);
        return null;
    }

    /// <summary>A time slice: the shorthand, or a number of minutes.</summary>
    public static TimeSpan? Slice(Fields fields, bool required)
    {
        const string Name = "timeSliceWindow";
        if (fields.Raw(Name) is Scalar { IsPlain: true } scalar && Numbers.TryParse(scalar.Text, out var minutes))
        {
            if (minutes is > 0 and <= 60 * 24 * 366) return TimeSpan.FromMinutes(minutes);
            fields.Wrong(Name, $"'{Fields.Shown(scalar.Text)}' is not accepted", "a number of minutes above zero, or " + OpenSloDurations.Accepted);
            return null;
        }

        return Span(fields, Name, required, zeroAllowed: false);
    }

    public static Ratio? Share(Fields fields, string name)
    {
        var percent = name.EndsWith("Percent", StringComparison.Ordinal);
        return fields.OptionalNumber(name, 0, percent ? 100 : 1) is { } number ? new Ratio(percent ? PercentToShare(number) : number) : null;
    }

    /// <summary>Decimal division, so that 99.95 percent is exactly the same target as 0.9995.</summary>
    private static double PercentToShare(double percent) => percent < 1e-20 ? 0 : (double)((decimal)percent / 100m);
}
