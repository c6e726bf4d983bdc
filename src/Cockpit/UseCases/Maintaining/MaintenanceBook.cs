using System.Collections.Immutable;
using Cockpit.Domain.Maintenance;
using Cockpit.Domain.Slo;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.Maintaining;

/// <summary>Planned maintenance as it was declared, folded from the ledger.</summary>
public sealed class MaintenanceBook : ILedgerView
{
    public const string Kind = "maintenance";
    public const string DeclaredName = "maintenance.declared";
    public const string CalledOffName = "maintenance.called-off";

    private ImmutableSortedDictionary<string, PlannedMaintenance> _planned = ImmutableSortedDictionary<string, PlannedMaintenance>.Empty;
    private long _version;

    /// <summary>Every window, by start, with who declared it.</summary>
    public ImmutableArray<PlannedMaintenance> Planned => [.. Volatile.Read(ref _planned).Values.OrderBy(planned => planned.Window.Declared.StartAt)];

    /// <summary>Every window, by start.</summary>
    public ImmutableArray<MaintenanceWindow> Windows => [.. Planned.Select(planned => planned.Window)];

    /// <summary>Grows with each change.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>The window of that id, or null.</summary>
    public MaintenanceWindow? Find(string id) => Volatile.Read(ref _planned).GetValueOrDefault(id)?.Window;

    /// <inheritdoc/>
    public void Apply(StoredEvent entry)
    {
        if (entry.Stream.Kind != Kind) return;
        if (entry.Type == DeclaredName)
        {
            var fact = Ledger.Read<Declared>(entry);
            var window = new MaintenanceWindow(
                entry.Stream.Id, fact.Title, fact.At ?? entry.RecordedAt, new Period(fact.StartAt, fact.EndAt), fact.Services.IsDefault ? [] : fact.Services);
            Set(new PlannedMaintenance(window, entry.Actor.Name, null, null));
        }
        else if (entry.Type == CalledOffName && Volatile.Read(ref _planned).GetValueOrDefault(entry.Stream.Id) is { Window.CalledOffAt: null } planned)
        {
            var fact = Ledger.Read<CalledOff>(entry);
            Set(planned with { Window = planned.Window with { CalledOffAt = fact.At ?? entry.RecordedAt }, CalledOffBy = entry.Actor.Name, Reason = fact.Reason });
        }

        Interlocked.Increment(ref _version);
    }

    private void Set(PlannedMaintenance planned) =>
        ImmutableInterlocked.Update(ref _planned, all => all.SetItem(planned.Window.Id, planned));

    /// <param name="Title">What a person calls it.</param>
    /// <param name="StartAt">Its planned start.</param>
    /// <param name="EndAt">Its planned end.</param>
    /// <param name="Services">Ids of the services it touches.</param>
    /// <param name="At">When it was declared by the platform's clock, which runs ahead where it is simulated; without it the ledger's time counts.</param>
    internal sealed record Declared(string Title, DateTimeOffset StartAt, DateTimeOffset EndAt, ImmutableArray<string> Services, DateTimeOffset? At = null);

    internal sealed record CalledOff(string Reason, DateTimeOffset? At = null);
}

/// <summary>A maintenance window and the people behind it.</summary>
/// <param name="Window">The window.</param>
/// <param name="DeclaredBy">Who declared it, by name.</param>
/// <param name="CalledOffBy">Who called it off or ended it, by name; null when nobody did.</param>
/// <param name="Reason">Why it was called off or ended; null when it was not.</param>
public sealed record PlannedMaintenance(MaintenanceWindow Window, string DeclaredBy, string? CalledOffBy, string? Reason);
