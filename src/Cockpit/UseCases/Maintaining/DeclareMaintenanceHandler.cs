using System.Collections.Immutable;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Maintenance;
using Cockpit.Domain.Slo;
using Cockpit.UseCases.Objectives;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.Maintaining;

/// <summary>Records planned maintenance, and that it was called off or ended early.</summary>
/// <remarks>
/// What budgets would not be spared (too short a notice, the month's allowance, an overlap) is refused with the reason. It may be declared all the
/// same, so that colleagues know of it: then it stays in the budget and the screens say why.
/// </remarks>
public sealed class DeclareMaintenanceHandler(IEventStore store, MaintenanceBook book, ObjectivePlan plan, ISliSource platform)
{
    private const int LongestText = 200;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>The platform's clock: windows are held against it.</summary>
    public DateTimeOffset Now => platform.Now;

    /// <summary>What declaring this now would do to the budgets.</summary>
    public MaintenanceForecast Forecast(DateTimeOffset startAt, DateTimeOffset endAt, ImmutableArray<string> services)
    {
        const string proposed = "\uFFFFproposed";
        var before = book.Windows;
        var window = new MaintenanceWindow(proposed, "", Now, new Period(startAt, endAt), services);
        var taken = endAt - startAt;
        var sentences = new List<string>();
        foreach (var service in Services().Where(window.Covers))
        {
            var decided = ExclusionPolicy.Standard.Decide(before.Add(window), service);
            var own = decided.First(exclusion => exclusion.Window.Id == proposed);
            if (own.Length < taken) taken = own.Length;
            sentences.AddRange(own.Shortfalls.Select(shortfall => Say(shortfall, before)));
            sentences.AddRange(
                from was in ExclusionPolicy.Standard.Decide(before, service)
                let becomes = decided.First(exclusion => exclusion.Window.Id == was.Window.Id)
                where becomes.Length < was.Length
                select FormattableString.Invariant($"“{was.Window.Title}” on {was.Window.Declared.StartAt.UtcDateTime:d MMM} would lose {(was.Length - becomes.Length).TotalMinutes:0.#} min of what it was granted."));
        }

        return new MaintenanceForecast(taken, [.. sentences.Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>Records it.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="actor">Who declares it; needs the role of responder.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<MaintenanceAnswer> DeclareAsync(MaintenanceRequest request, Actor? actor, CancellationToken cancellationToken)
    {
        if (actor is null || !actor.May(Role.Responder)) return new MaintenanceAnswer.Refused("Sign in as a responder to declare maintenance.");
        if (Flaw(request) is { } flaw) return new MaintenanceAnswer.Refused(flaw);
        var forecast = Forecast(request.StartAt, request.EndAt, request.Services);
        if (!forecast.Shortfalls.IsEmpty && !request.EvenIfNotCovered) return new MaintenanceAnswer.NotCovered(forecast);

        var id = Guid.NewGuid().ToString("N")[..12];
        var fact = new MaintenanceBook.Declared(request.Title.Trim(), request.StartAt.ToUniversalTime(), request.EndAt.ToUniversalTime(), request.Services, Now);
        return await RecordAsync(id, MaintenanceBook.DeclaredName, fact, 0, actor, cancellationToken);
    }

    /// <summary>Records that it does not take place, or has ended before its planned end.</summary>
    /// <param name="id">Which.</param>
    /// <param name="reason">Why, for those who read it later.</param>
    /// <param name="actor">Who says so; needs the role of responder.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<MaintenanceAnswer> CallOffAsync(string id, string reason, Actor? actor, CancellationToken cancellationToken)
    {
        if (actor is null || !actor.May(Role.Responder)) return new MaintenanceAnswer.Refused("Sign in as a responder to call maintenance off.");
        if (book.Find(id) is not { } window) return new MaintenanceAnswer.Refused("There is no maintenance of that id.");
        if (window.CalledOffAt is not null) return new MaintenanceAnswer.Refused("It was called off before.");
        if (window.Declared.EndAt <= Now) return new MaintenanceAnswer.Refused("It has ended as planned.");
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > LongestText) return new MaintenanceAnswer.Refused($"Say why, in at most {LongestText} characters.");
        return await RecordAsync(id, MaintenanceBook.CalledOffName, new MaintenanceBook.CalledOff(reason.Trim(), Now), 1, actor, cancellationToken);
    }

    private string? Flaw(MaintenanceRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Title) || request.Title.Length > LongestText) return $"Give it a title of at most {LongestText} characters.";
        if (request.EndAt <= request.StartAt) return "It must end after it starts.";
        if (request.EndAt - request.StartAt > Longest) return "It may last at most seven days.";
        if (request.StartAt < Now) return "It must start in the future; what has begun can no longer be planned.";
        return request.Services.FirstOrDefault(service => !Services().Contains(service)) is { } unknown ? $"The catalog has no objective of a service {unknown}." : null;
    }

    private ImmutableHashSet<string> Services() => plan.Objectives.Select(facts => facts.Slo.Service).ToImmutableHashSet(StringComparer.Ordinal);

    private static string Say(ExclusionShortfall shortfall, ImmutableArray<MaintenanceWindow> windows) => shortfall switch
    {
        ExclusionShortfall.Overlaps overlap =>
            FormattableString.Invariant($"{overlap.Time.TotalMinutes:0.#} min are already taken out by “{windows.First(window => window.Id == overlap.OtherId).Title}”."),
        ExclusionShortfall.DeclaredTooLate late when late.Notice >= TimeSpan.Zero =>
            FormattableString.Invariant($"It starts in {Math.Floor(late.Notice.TotalHours * 10) / 10:0.#} h; {late.Needed.TotalHours:0.#} h are needed."),
        _ => shortfall.Reason,
    };

    private async Task<MaintenanceAnswer> RecordAsync<T>(string id, string name, T fact, long version, Actor actor, CancellationToken cancellationToken)
    {
        try
        {
            return await store.AppendAsync(new StreamId(MaintenanceBook.Kind, id), version, [Ledger.Write(name, fact, actor)], cancellationToken) switch
            {
                AppendResult.VersionConflict => new MaintenanceAnswer.Refused("Somebody else changed it at the same moment. Look again."),
                _ => new MaintenanceAnswer.Recorded(id),
            };
        }
        catch (StorageUnavailableException unavailable)
        {
            return new MaintenanceAnswer.Refused(unavailable.MayHaveBeenRecorded
                ? $"It may or may not be recorded: {unavailable.Message} Look again before you repeat it."
                : $"Not recorded: {unavailable.Message}");
        }
    }
}
