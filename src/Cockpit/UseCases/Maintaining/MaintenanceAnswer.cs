using System.Collections.Immutable;

namespace Cockpit.UseCases.Maintaining;

/// <summary>Maintenance that somebody wants to declare.</summary>
/// <param name="Title">What a person calls it.</param>
/// <param name="StartAt">Its planned start; not in the past.</param>
/// <param name="EndAt">Its planned end, at most seven days later.</param>
/// <param name="Services">Ids of the services it touches; empty means all.</param>
/// <param name="EvenIfNotCovered">True when it is to be declared although not all of it will be taken out of the budgets.</param>
public sealed record MaintenanceRequest(
    string Title, DateTimeOffset StartAt, DateTimeOffset EndAt, ImmutableArray<string> Services, bool EvenIfNotCovered);

/// <summary>What declaring it would do to the budgets.</summary>
/// <param name="TakenOut">Time that would be taken out of the budget of the service where least is.</param>
/// <param name="Shortfalls">Why not all of it would be, and what other maintenance would lose by it, as sentences; empty when nothing speaks against it.</param>
public sealed record MaintenanceForecast(TimeSpan TakenOut, ImmutableArray<string> Shortfalls);

/// <summary>How declaring maintenance, or calling it off, ended. Closed.</summary>
public abstract record MaintenanceAnswer
{
    private MaintenanceAnswer() { }

    /// <summary>It is recorded.</summary>
    public sealed record Recorded(string Id) : MaintenanceAnswer;

    /// <summary>It is not; the sentence says why.</summary>
    public sealed record Refused(string Sentence) : MaintenanceAnswer;

    /// <summary>It is not, because budgets would not be spared all of it; it may be declared all the same.</summary>
    public sealed record NotCovered(MaintenanceForecast Forecast) : MaintenanceAnswer;
}
