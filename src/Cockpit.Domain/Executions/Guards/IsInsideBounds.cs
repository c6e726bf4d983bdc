namespace Cockpit.Domain.Executions.Guards;

/// <summary>The value lies within the bounds that the catalog sets.</summary>
internal static class IsInsideBounds
{
    private const string Name = "Is inside its bounds";

    public static GuardVerdict Judge(GuardContext context) => context.Action.Bounds switch
    {
        null => GuardVerdict.Pass(Name, "The catalog sets no bounds."),
        { } bounds when bounds.Contains(context.Desired) =>
            GuardVerdict.Pass(Name, FormattableString.Invariant($"{context.Desired} lies within {bounds.Min} to {bounds.Max}.")),
        { } bounds => GuardVerdict.Refuse(Name, FormattableString.Invariant($"{context.Desired} lies outside {bounds.Min} to {bounds.Max}.")),
    };
}
