using System.Diagnostics.Metrics;
using Cockpit.UseCases.Recording;

namespace Cockpit.Api.Metrics;

/// <summary>Whether the cockpit can record.</summary>
internal sealed class StorageMetrics
{
    public StorageMetrics(IMeterFactory meters, IStorageHealth storage) =>
        meters.Create("Cockpit.Storage").CreateObservableGauge(
            "cockpit.storage.available", () => storage.Current is StorageAvailability.Available ? 1 : 0, null, "1 while the cockpit can record, else 0.");
}
