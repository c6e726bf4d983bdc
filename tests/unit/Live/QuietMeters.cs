using System.Diagnostics.Metrics;

namespace Cockpit.Tests.Live;

/// <summary>Meters that nobody reads.</summary>
internal sealed class QuietMeters : IMeterFactory
{
    public Meter Create(MeterOptions options) => new(options);

    public void Dispose()
    {
    }
}
