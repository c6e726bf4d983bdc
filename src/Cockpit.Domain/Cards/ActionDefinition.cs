using System.Collections.Immutable;

namespace Cockpit.Domain.Cards;

/// <summary>A guarded action as the catalog defines it: what it does, to what, how dangerous it is and how its outcome is known.</summary>
/// <param name="Id">Id, unique within its card or runbook.</param>
/// <param name="Title">The action as an imperative.</param>
/// <param name="Kind">What is done.</param>
/// <param name="Target">To what.</param>
/// <param name="Parameters">
/// The absolute values it sets, by name: <c>replicas</c>; the keys of a ConfigMap; environment variables; a selector's labels.
/// A value may refer to an input as <c>{name}</c>.
/// </param>
/// <param name="Inputs">What the person who runs it must supply; empty for most.</param>
/// <param name="Risk">Decides how it is confirmed.</param>
/// <param name="Relief">A circumstance that lowers the risk, or null.</param>
/// <param name="Lease">How long a temporary change lasts before it is turned back; null when it is permanent.</param>
/// <param name="ReadBack">How the outcome is known after a crash or timeout.</param>
/// <param name="DryRun">What the target offers to try without doing.</param>
/// <param name="Bounds">Inclusive limits of a numeric value; null when there is none.</param>
/// <param name="Cooldown">Time after a run during which it is refused; zero when none.</param>
/// <param name="Guards">Guards beyond those that every action passes.</param>
/// <param name="Effect">What should be seen afterwards, as a sentence.</param>
/// <param name="ExpectedEffect">The same, as a condition that can be checked; null when only a person can tell.</param>
/// <param name="BlastRadius">What else it touches, as a sentence.</param>
/// <param name="Inverse">How it is undone, as a sentence; null when nothing undoes it.</param>
/// <param name="Command">The equivalent command with <c>{name}</c> for target, parameters and inputs; the namespace is explicit.</param>
public sealed record ActionDefinition(
    string Id, string Title, ActionKind Kind, ActionTarget Target,
    ImmutableSortedDictionary<string, string> Parameters, ImmutableArray<ActionInput> Inputs,
    ActionRisk Risk, RiskRelief? Relief, TimeSpan? Lease, ReadBack ReadBack, DryRun DryRun, ActionBounds? Bounds,
    TimeSpan Cooldown, ImmutableArray<ActionGuard> Guards,
    string Effect, SignalCondition? ExpectedEffect, string BlastRadius, string? Inverse, string Command)
{
    /// <summary>The replica count that a scaling action sets; null for other actions and for counts supplied as input.</summary>
    public int? Replicas =>
        Parameters.TryGetValue("replicas", out var text)
        && int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var count)
            ? count
            : null;

    /// <summary>The pause between the steps of a drain or a restore; null when it is made at once, or when it is no number of seconds or minutes.</summary>
    public TimeSpan? Pause =>
        Kind is ActionKind.TrafficDrain or ActionKind.TrafficRestore && Parameters.TryGetValue("pause", out var text) && text.Length > 1
        && int.TryParse(text[..^1], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var count) && count > 0
            ? text[^1] switch { 's' => TimeSpan.FromSeconds(count), 'm' => TimeSpan.FromMinutes(count), _ => null }
            : null;

    /// <summary>The action with every reference to an input replaced by what was supplied; unknown names stay as they are written.</summary>
    /// <param name="inputs">What the person supplied, by name.</param>
    public ActionDefinition With(IReadOnlyDictionary<string, string> inputs) => inputs.Count == 0 ? this : this with
    {
        Target = Target with { Name = Placeholders.Fill(Target.Name, inputs) },
        Parameters = Parameters.ToImmutableSortedDictionary(each => each.Key, each => Placeholders.Fill(each.Value, inputs), Parameters.KeyComparer),
        Command = CommandFor(inputs),
    };

    /// <summary>The command with target, parameters and the given inputs filled in; unknown names stay as they are written.</summary>
    /// <param name="inputs">What the person supplied, by name.</param>
    public string CommandFor(IReadOnlyDictionary<string, string> inputs)
    {
        var values = new Dictionary<string, string>(Parameters, StringComparer.Ordinal)
        {
            ["namespace"] = Target.Namespace ?? "",
            ["target"] = Target.Name,
            ["container"] = Target.Container ?? "",
        };
        foreach (var (name, value) in inputs) values[name] = value;
        return Placeholders.Fill(Placeholders.Fill(Command, values), values);
    }
}

/// <summary>What an action is done to.</summary>
/// <param name="Kind">What sort of thing it is.</param>
/// <param name="Namespace">Its namespace; null only for what lives outside a cluster.</param>
/// <param name="Name">Its name; may refer to an input as <c>{name}</c>.</param>
/// <param name="Container">The container within it, for an environment patch; else null.</param>
public sealed record ActionTarget(TargetKind Kind, string? Namespace, string Name, string? Container)
{
    /// <summary>The target as a person types it to confirm.</summary>
    public override string ToString() => Namespace is null ? Name : $"{Namespace}/{Name}";
}

/// <summary>Something the person who runs an action must supply.</summary>
/// <param name="Name">Name by which target, parameters and command refer to it.</param>
/// <param name="Question">What to ask.</param>
/// <param name="Kind">What is accepted.</param>
public sealed record ActionInput(string Name, string Question, InputKind Kind);

/// <summary>A circumstance in which the action is less dangerous than its default.</summary>
/// <param name="When">The circumstance.</param>
/// <param name="Risk">The risk that holds then; lower than the default.</param>
public sealed record RiskRelief(RiskCircumstance When, ActionRisk Risk);

/// <summary>Inclusive limits of the value an action sets.</summary>
/// <param name="Min">The smallest value allowed.</param>
/// <param name="Max">The largest value allowed; at least <paramref name="Min"/>.</param>
public sealed record ActionBounds(double Min, double Max)
{
    /// <summary>The largest value allowed.</summary>
    public double Max { get; } = Max >= Min ? Max : throw new ArgumentOutOfRangeException(nameof(Max), Max, "The upper bound is below the lower one.");

    /// <summary>Whether the value lies within the limits, both included.</summary>
    public bool Contains(double value) => value >= Min && value <= Max;
}
