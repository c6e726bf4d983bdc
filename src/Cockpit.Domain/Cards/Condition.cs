using Cockpit.Domain.Slo;

namespace Cockpit.Domain.Cards;

/// <summary>Something that either holds or does not: a symptom, an exit criterion, an expected effect.</summary>
public abstract record Condition
{
    private protected Condition() { }

    /// <summary>Id, unique within its card.</summary>
    public abstract string Id { get; }

    /// <summary>The condition in a person's words.</summary>
    public abstract string Label { get; }

    /// <summary>How long it must hold without a break; null when a single reading is enough.</summary>
    public abstract TimeSpan? For { get; }

    /// <summary>What in this condition is Cockpit's own choice because the source texts leave it open; null when nothing is.</summary>
    public abstract string? Ours { get; }
}

/// <summary>A condition on a figure, decided without a person.</summary>
/// <param name="Id">Id, unique within its card.</param>
/// <param name="Label">The condition in a person's words.</param>
/// <param name="Signal">
/// Id of a signal of the catalog or of a derived figure (<see cref="DerivedFigure"/>); <c>id{value}</c> names one label value of a signal
/// that is split, its plain id the worst of all values.
/// </param>
/// <param name="Comparison">How the figure is compared with the threshold.</param>
/// <param name="Threshold">The bound, in <paramref name="Unit"/>; finite.</param>
/// <param name="Unit">The unit of figure and threshold.</param>
/// <param name="For">How long it must hold without a break; null when a single reading is enough.</param>
/// <param name="Ours">What here is Cockpit's own choice; null when nothing is.</param>
public sealed record SignalCondition(
    string Id, string Label, string Signal, Comparison Comparison, double Threshold, FigureUnit Unit, TimeSpan? For = null, string? Ours = null)
    : Condition
{
    /// <inheritdoc/>
    public override string Id { get; } = Id;

    /// <inheritdoc/>
    public override string Label { get; } = Label;

    /// <inheritdoc/>
    public override TimeSpan? For { get; } = For;

    /// <inheritdoc/>
    public override string? Ours { get; } = Ours;

    /// <summary>The bound; finite.</summary>
    public double Threshold { get; } = double.IsFinite(Threshold)
        ? Threshold
        : throw new ArgumentOutOfRangeException(nameof(Threshold), Threshold, "A threshold is finite.");

    /// <summary>Whether a reading meets the condition, duration aside.</summary>
    public bool HoldsAt(double value) => Comparison.Holds(value, Threshold);
}

/// <summary>A condition that only a person can judge; it holds when somebody says so.</summary>
/// <param name="Id">Id, unique within its card.</param>
/// <param name="Question">What to ask, answerable with yes; yes means that the condition holds.</param>
/// <param name="For">How long the answer must have been true; null when now is enough.</param>
/// <param name="Ours">What here is Cockpit's own choice; null when nothing is.</param>
public sealed record HumanCondition(string Id, string Question, TimeSpan? For = null, string? Ours = null) : Condition
{
    /// <inheritdoc/>
    public override string Id { get; } = Id;

    /// <inheritdoc/>
    public override string Label => Question;

    /// <inheritdoc/>
    public override TimeSpan? For { get; } = For;

    /// <inheritdoc/>
    public override string? Ours { get; } = Ours;
}
