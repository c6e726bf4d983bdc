using System.Collections.Immutable;
using Cockpit.Domain.Cards;

namespace Cockpit.Domain.Executions;

/// <summary>What a preview holds fast: if any of it differs at dispatch, the preview is no longer true.</summary>
/// <param name="CatalogVersion">Hash of the catalog that defined the action.</param>
/// <param name="Uid">The target's identity.</param>
/// <param name="Generation">Version of the target's wished-for state; zero for targets that have none.</param>
/// <param name="Fields">The fields that the action sets, with what they held and what they will.</param>
/// <param name="Digest">Hash of everything the target held, as <see cref="TargetState.Digest"/>; null where that does not matter.</param>
public sealed record PinnedTarget(
    string CatalogVersion, string Uid, long Generation, ImmutableArray<FieldChange> Fields, string? Digest = null)
{
    /// <summary>True when the target is the one that was previewed and holds what it held then.</summary>
    public bool Fits(TargetState target) =>
        target.Uid == Uid && target.Generation == Generation && target.Digest == Digest && target.IsStill(Fields);

    /// <summary>Equal when everything is, field by field.</summary>
    public bool Equals(PinnedTarget? other) =>
        other is not null && CatalogVersion == other.CatalogVersion && Uid == other.Uid && Generation == other.Generation
        && Digest == other.Digest && Fields.SequenceEqual(other.Fields);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(CatalogVersion, Uid, Generation, Digest, Fields.Length);
}

/// <summary>How a dry run ended.</summary>
/// <param name="Accepted">True or false as the target said; null when there is no such thing or no answer.</param>
/// <param name="Message">What was said, or why nothing was.</param>
/// <param name="Offered">False when the target knows no dry run: nothing was asked, and nothing is ever shown as accepted.</param>
public sealed record DryRunResult(bool? Accepted, string Message, bool Offered = true)
{
    /// <summary>The target knows no dry run.</summary>
    public static DryRunResult NotAvailable(string why) => new(null, why, Offered: false);
}

/// <summary>One line of a difference.</summary>
/// <param name="Sign">A space for context, minus for what goes, plus for what comes.</param>
/// <param name="Text">The line.</param>
public sealed record DiffLine(char Sign, string Text);

/// <summary>Something that the person who runs an action supplied.</summary>
/// <param name="Name">The input's name.</param>
/// <param name="Value">What was supplied.</param>
public sealed record InputValue(string Name, string Value);

/// <summary>A figure as it stood when the preview was made: the evidence for acting.</summary>
/// <param name="Label">The condition in words.</param>
/// <param name="Figure">The figure in words, a dash when there was none.</param>
/// <param name="Threshold">The bound in words; empty for a question.</param>
/// <param name="Verdict">Whether it held.</param>
public sealed record Evidence(string Label, string Figure, string Threshold, Verdict Verdict);

/// <summary>An action laid open before it is done: what, why, what speaks against it, and how to do it by hand.</summary>
/// <param name="Id">Id of the preview; the execution that follows from it carries the same, so that two presses make one execution.</param>
/// <param name="CardId">The card.</param>
/// <param name="ActionId">The action.</param>
/// <param name="Title">The action as an imperative, with its values.</param>
/// <param name="Kind">What is done.</param>
/// <param name="On">To what, every input filled in.</param>
/// <param name="ReadBack">How its outcome is known when the answer is lost.</param>
/// <param name="Inputs">What the person supplied.</param>
/// <param name="Pinned">What it holds fast.</param>
/// <param name="At">When it was made.</param>
/// <param name="ValidUntil">Until when it may be confirmed.</param>
/// <param name="Guards">Every guard's verdict, in the order in which they were asked.</param>
/// <param name="Evidence">The card's symptoms as they stood.</param>
/// <param name="DryRun">What the server said to a dry run.</param>
/// <param name="Diff">What will change.</param>
/// <param name="Expected">What should be seen afterwards.</param>
/// <param name="BlastRadius">What else it touches.</param>
/// <param name="Inverse">How it is undone.</param>
/// <param name="Command">The same by hand.</param>
/// <param name="Risk">How it must be confirmed, raised by what the guards found.</param>
/// <param name="NeedsReason">True when a reason must be given beyond what the risk asks for.</param>
public sealed record ActionPreview(
    string Id, string CardId, string ActionId, string Title, ActionKind Kind, ActionTarget On, ReadBack ReadBack,
    ImmutableArray<InputValue> Inputs, PinnedTarget Pinned,
    DateTimeOffset At, DateTimeOffset ValidUntil, ImmutableArray<GuardVerdict> Guards, ImmutableArray<Evidence> Evidence,
    DryRunResult DryRun, ImmutableArray<DiffLine> Diff, string Expected, string BlastRadius, string? Inverse, string Command,
    ActionRisk Risk, bool NeedsReason)
{
    /// <summary>How long a preview may be confirmed.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromSeconds(60);

    /// <summary>The steps in which the change is made; null when it is made at once.</summary>
    public Walk? Walk { get; init; }

    /// <summary>The target as a person types it, <c>namespace/name</c>.</summary>
    public string Target => On.ToString();

    /// <summary>The change that it comes to, complete in itself.</summary>
    public TargetChange ToChange() => new(Kind, On, Pinned.Uid, Pinned.Fields);

    /// <summary>The guards that forbid the action.</summary>
    public IEnumerable<GuardVerdict> Refusals => Guards.Where(guard => guard.Outcome == GuardOutcome.Refuses);

    /// <summary>True when no guard forbids it.</summary>
    public bool MayRun => !Refusals.Any();
}
