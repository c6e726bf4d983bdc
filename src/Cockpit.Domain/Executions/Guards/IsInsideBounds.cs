using System.Globalization;

namespace Cockpit.Domain.Executions.Guards;

/// <summary>The value lies within the bounds that the catalog sets.</summary>
internal static class IsInsideBounds
{
    private const string Name = "Is inside its bounds";

    public static GuardVerdict? Judge(GuardContext context)
    {
        if (context.Action.Bounds is not { } bounds) return null;
        foreach (var field in context.Fields)
        {
            if (!double.TryParse(field.To, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) continue;
            if (!bounds.Contains(value))
                return GuardVerdict.Refuse(Name, FormattableString.Invariant($"{field.To} lies outside {bounds.Min} to {bounds.Max}."));
        }

        return context.Fields.FirstOrDefault(field => field.To is not null) is { To: { } inside }
            ? GuardVerdict.Pass(Name, FormattableString.Invariant($"{inside} lies within {bounds.Min} to {bounds.Max}."))
            : GuardVerdict.Refuse(Name, "It names no value, so nobody can tell.");
    }
}
