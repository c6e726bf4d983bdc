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

    private ImmutableSortedDictionary<string, MaintenanceWindow> _windows = ImmutableSortedDictionary<string, MaintenanceWindow>.Empty;
    private long _version;

    /// <summary>Every window, by start.</summary>
    public ImmutableArray<MaintenanceWindow> Windows => [.. Volatile.Read(ref _windows).Values.OrderBy(window => window.Declared.StartAt)];

    /// <summary>Grows with each change.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>The window of that id, or null.</summary>
    public MaintenanceWindow? Find(string id) => Volatile.Read(ref _windows).GetValueOrDefault(id);

    /// <inheritdoc/>
    public void Apply(StoredEvent entry)
    {
        if (entry.Stream.Kind != Kind) return;
        if (entry.Type == DeclaredName)
        {
            var fact = Ledger.Read<Declared>(entry);
            var window = new MaintenanceWindow(
                entry.Stream.Id, fact.Title, entry.RecordedAt, new Period(fact.StartAt, fact.EndAt), fact.Services.IsDefault ? [] : fact.Services);
            ImmutableInterlocked.Update(ref _windows, windows => windows.SetItem(window.Id, window));
        }
        else if (entry.Type == CalledOffName && Find(entry.Stream.Id) is { CalledOffAt: null } window)
        {
            ImmutableInterlocked.Update(ref _windows, windows => windows.SetItem(window.Id, window with { CalledOffAt = entry.RecordedAt }));
        }

        Interlocked.Increment(ref _version);
    }

    internal sealed record Declared(string Title, DateTimeOffset StartAt, DateTimeOffset EndAt, ImmutableArray<string> Services);

    internal sealed record CalledOff(string Reason);
}
