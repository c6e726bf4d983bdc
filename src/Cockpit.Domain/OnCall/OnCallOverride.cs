namespace Cockpit.Domain.OnCall;

/// <summary>Somebody stands in at a layer for a time. The one recorded last wins where two overlap.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Layer">Id of the layer.</param>
/// <param name="Person">Id of who stands in; null when the layer is left empty on purpose.</param>
/// <param name="From">First instant.</param>
/// <param name="Until">End, not included.</param>
/// <param name="Reason">Why, in a person's words.</param>
/// <param name="By">Who arranged it, by name.</param>
public sealed record OnCallOverride(string Id, string Layer, string? Person, DateTimeOffset From, DateTimeOffset Until, string Reason, string By)
{
    /// <summary>True when it covers the instant.</summary>
    public bool Covers(DateTimeOffset at) => From <= at && at < Until;
}
