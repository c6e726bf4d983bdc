using Cockpit.Domain.Cards;

namespace Cockpit.E2E.Lab.Crashes;

/// <summary>A boundary between two steps of an execution, at which the process ends.</summary>
/// <param name="Name">The step, as the crash point knows it.</param>
/// <param name="OfRevert">True when it is one of the execution that turns the change back.</param>
/// <param name="AfterLost">True when it comes only after a crash has lost the answer.</param>
internal sealed record CrashStep(string Name, bool OfRevert = false, bool AfterLost = false)
{
    /// <summary>The one at which the answer is lost.</summary>
    public const string Sent = "after send";

    /// <summary>The step by its name for the report.</summary>
    public override string ToString() => Name.Replace("execution.", "", StringComparison.Ordinal) + (OfRevert ? " (revert)" : "");

    /// <summary>True when it belongs to turning back, on either of the two executions.</summary>
    public bool TurnsBack => OfRevert || Name.EndsWith("revert-begun", StringComparison.Ordinal) || Name.EndsWith("lease-ended", StringComparison.Ordinal);

    /// <summary>Every boundary that a deed passes.</summary>
    public static IReadOnlyList<CrashStep> Of(Deed deed)
    {
        string[] sending = ["target.claimed", "execution.dispatch-intended", "send", "execution.accepted", "execution.effect-seen"];
        List<CrashStep> steps = [.. Around("execution.requested")];
        if (deed.IsHeldBack) steps.Add(new("after execution.held-back"));
        if (deed.IsApproved) steps.AddRange([new("after execution.approval-asked"), .. Around("execution.approved")]);
        steps.AddRange(sending.SelectMany(Around));
        steps.AddRange(Around("execution.outcome-unknown").Concat(Around(deed.Rule == ReadBack.None ? "execution.resolved" : "execution.read-back"))
            .Select(step => step with { AfterLost = true }));
        if (deed.IsLeased)
        {
            steps.AddRange(Around("execution.revert-begun"));
            steps.AddRange(sending.Prepend("execution.requested").SelectMany(Around).Select(step => step with { OfRevert = true }));
            steps.AddRange(Around("execution.lease-ended"));
        }

        return steps;
    }

    private static IEnumerable<CrashStep> Around(string step) => [new($"before {step}"), new($"after {step}")];
}
