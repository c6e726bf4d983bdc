using System.Collections.Immutable;
using Cockpit.Domain.Slo;

namespace Cockpit.Domain.Maintenance;

/// <summary>Which planned maintenance may be taken out of a budget.</summary>
/// <param name="Notice">How long before its start it must have been declared; exactly that long is enough.</param>
/// <param name="MonthlyAllowance">Time a calendar month allows; exactly that much is allowed.</param>
/// <param name="Zone">The zone whose months are meant.</param>
/// <remarks>
/// The allowance is spent in order of start. A window that crosses a month's end draws on both months. Time that two windows claim is
/// taken out once, by the one that
/// starts first. Source: the platform's availability objective ("max 4 hours a month with 48 h notice").
/// </remarks>
public sealed record ExclusionPolicy(TimeSpan Notice, TimeSpan MonthlyAllowance, TimeZoneInfo Zone)
{
    /// <summary>48 hours ahead, 4 hours a month, months in UTC.</summary>
    public static readonly ExclusionPolicy Standard = new(TimeSpan.FromHours(48), TimeSpan.FromHours(4), TimeZoneInfo.Utc);

    /// <summary>Decides each window that touches the service, in order of start.</summary>
    public ImmutableArray<Exclusion> Decide(IEnumerable<MaintenanceWindow> windows, string service)
    {
        var spent = new Dictionary<DateTimeOffset, TimeSpan>();
        var taken = new List<(string Id, Period Period)>();
        return
        [
            .. windows.Where(window => window.Covers(service))
                .OrderBy(window => window.Declared.StartAt).ThenBy(window => window.DeclaredAt).ThenBy(window => window.Id, StringComparer.Ordinal)
                .Select(window => Decide(window, spent, taken)),
        ];
    }

    private Exclusion Decide(MaintenanceWindow window, Dictionary<DateTimeOffset, TimeSpan> spent, List<(string Id, Period Period)> taken)
    {
        if (window.Taken is not { } whole) return new Exclusion(window, [], [new ExclusionShortfall.CalledOff()]);
        if (window.Notice < Notice) return new Exclusion(window, [], [new ExclusionShortfall.DeclaredTooLate(window.Notice, Notice)]);

        var counted = ImmutableArray.CreateBuilder<Period>();
        var shortfalls = ImmutableArray.CreateBuilder<ExclusionShortfall>();
        foreach (var free in WithoutTaken(whole, taken, shortfalls))
            foreach (var (month, part) in ByMonth(free))
                Spend(month, part, spent, counted, shortfalls);

        taken.AddRange(counted.Select(period => (window.Id, period)));
        return new Exclusion(window, counted.ToImmutable(), shortfalls.ToImmutable());
    }

    private void Spend(
        Period month, Period part, Dictionary<DateTimeOffset, TimeSpan> spent,
        ImmutableArray<Period>.Builder counted, ImmutableArray<ExclusionShortfall>.Builder shortfalls)
    {
        var already = spent.GetValueOrDefault(month.StartAt);
        var left = MonthlyAllowance - already;
        var allowed = part.Length <= left ? part.Length : left;
        if (allowed > TimeSpan.Zero) counted.Add(new Period(part.StartAt, part.StartAt + allowed));
        spent[month.StartAt] = already + allowed;
        if (allowed == part.Length) return;

        var first = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(month.StartAt, Zone).DateTime);
        shortfalls.Add(new ExclusionShortfall.AllowanceSpent(first, part.Length - allowed, MonthlyAllowance));
    }

    private static List<Period> WithoutTaken(
        Period whole, List<(string Id, Period Period)> taken, ImmutableArray<ExclusionShortfall>.Builder shortfalls)
    {
        var free = new List<Period> { whole };
        foreach (var (id, other) in taken)
        {
            if (whole.Intersect(other) is not { } shared) continue;
            shortfalls.Add(new ExclusionShortfall.Overlaps(id, shared.Length));
            free = [.. free.SelectMany(period => Without(period, other))];
        }

        return free;
    }

    private static IEnumerable<Period> Without(Period period, Period other)
    {
        if (period.Intersect(other) is not { } shared)
        {
            yield return period;
            yield break;
        }

        if (period.StartAt < shared.StartAt) yield return new Period(period.StartAt, shared.StartAt);
        if (shared.EndAt < period.EndAt) yield return new Period(shared.EndAt, period.EndAt);
    }

    private IEnumerable<(Period Month, Period Part)> ByMonth(Period period)
    {
        var months = new SloWindow.Calendar(CalendarUnit.Month, 1, new DateTime(2000, 1, 1), Zone);
        for (var at = period.StartAt; at < period.EndAt;)
        {
            var month = months.PeriodAt(at);
            var part = new Period(at, month.EndAt < period.EndAt ? month.EndAt : period.EndAt);
            yield return (month, part);
            at = part.EndAt;
        }
    }
}
