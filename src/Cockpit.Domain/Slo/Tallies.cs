namespace Cockpit.Domain.Slo;

/// <summary>The running counts behind <see cref="SeriesDiagnostics"/>, in place inside a series.</summary>
internal struct Tallies
{
    public long Counted;
    public long Duplicates;
    public long Late;
    public long Future;
    public long Invalid;
    public long Resets;
    public long Gaps;
    public long Clamped;
    public long ClockStepsBack;
    public long ClockJumpsHeld;

    public void Count(SampleOutcome outcome)
    {
        switch (outcome)
        {
            case SampleOutcome.Counted:
                Counted++;
                break;
            case SampleOutcome.CountedAfterReset:
                Counted++;
                Resets++;
                break;
            case SampleOutcome.Duplicate:
                Duplicates++;
                break;
            case SampleOutcome.Late:
                Late++;
                break;
            case SampleOutcome.Future:
                Future++;
                break;
            case SampleOutcome.NotACount or SampleOutcome.TooMany:
                Invalid++;
                break;
            case SampleOutcome.GapTooLong:
                Gaps++;
                break;
            case SampleOutcome.Baseline:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "No such outcome.");
        }
    }

    public readonly SeriesDiagnostics ToDiagnostics() => new()
    {
        Counted = Counted,
        Duplicates = Duplicates,
        Late = Late,
        Future = Future,
        Invalid = Invalid,
        Resets = Resets,
        Gaps = Gaps,
        Clamped = Clamped,
        ClockStepsBack = ClockStepsBack,
        ClockJumpsHeld = ClockJumpsHeld,
    };

    public static Tallies From(SeriesDiagnostics diagnostics) => new()
    {
        Counted = diagnostics.Counted,
        Duplicates = diagnostics.Duplicates,
        Late = diagnostics.Late,
        Future = diagnostics.Future,
        Invalid = diagnostics.Invalid,
        Resets = diagnostics.Resets,
        Gaps = diagnostics.Gaps,
        Clamped = diagnostics.Clamped,
        ClockStepsBack = diagnostics.ClockStepsBack,
        ClockJumpsHeld = diagnostics.ClockJumpsHeld,
    };
}
