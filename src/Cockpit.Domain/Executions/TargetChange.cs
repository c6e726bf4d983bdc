using System.Collections.Immutable;
using Cockpit.Domain.Cards;

namespace Cockpit.Domain.Executions;

/// <summary>One field of a target and what becomes of it.</summary>
/// <param name="Name">The field as its kind of target names it: <c>replicas</c>, <c>data.KEY</c>, <c>env.NAME</c>, <c>selector.LABEL</c> and the like.</param>
/// <param name="From">What it held; null when it was absent.</param>
/// <param name="To">What it is set to; null removes it. Always absolute, so that setting it twice is setting it once.</param>
public sealed record FieldChange(string Name, string? From, string? To)
{
    /// <summary>The change that undoes this one.</summary>
    public FieldChange Inverse() => new(Name, To, From);
}

/// <summary>
/// A change to a target, complete in itself: enough to send it, to ask afterwards what became of it, and to turn it back, even when
/// the catalog no longer knows the action.
/// </summary>
/// <remarks>
/// A revert is the same change with every field turned: <see cref="Inverse"/>. Whoever reverts looks first (the fields must still hold what
/// this change set, or somebody else's later change would be overwritten) and sends the inverse at the version of that look. Kinds that are
/// read back by value or by mark can be turned back so; a failover, a deleted pod, an ended session and a message cannot. Returning to
/// another base than <see cref="FieldChange.From"/>, as stacked leases do, is a change with another <see cref="FieldChange.To"/>.
/// </remarks>
/// <param name="Kind">What is done; for an inverse the kind it turns back, since direction is a question for guards and not for targets.</param>
/// <param name="Target">To what, every input filled in.</param>
/// <param name="Uid">The target's identity; a target of another identity is never changed.</param>
/// <param name="Fields">The fields by name; empty for kinds that set none, such as a restart.</param>
public sealed record TargetChange(ActionKind Kind, ActionTarget Target, string Uid, ImmutableArray<FieldChange> Fields)
{
    /// <summary>The change that turns this one back.</summary>
    public TargetChange Inverse() => this with { Fields = [.. Fields.Select(field => field.Inverse())] };

    /// <summary>What the field is set to; null when it is removed or not among the fields.</summary>
    public string? To(string field) => Fields.FirstOrDefault(each => each.Name == field)?.To;

    /// <summary>What the field held before; null when it was absent or is not among the fields.</summary>
    public string? From(string field) => Fields.FirstOrDefault(each => each.Name == field)?.From;

    /// <summary>Equal when kind, target, identity and every field are.</summary>
    public bool Equals(TargetChange? other) =>
        other is not null && Kind == other.Kind && Target == other.Target && Uid == other.Uid && Fields.SequenceEqual(other.Fields);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Target, Uid, Fields.Length);
}
