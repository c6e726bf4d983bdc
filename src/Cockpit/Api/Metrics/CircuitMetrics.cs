using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cockpit.Api.Metrics;

/// <summary>Open dashboards: circuits held, and those among them with a browser at the other end.</summary>
internal sealed class CircuitMetrics
{
    private readonly UpDownCounter<int> _open;
    private readonly UpDownCounter<int> _connected;

    public CircuitMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Cockpit.Circuits");
        _open = meter.CreateUpDownCounter<int>("cockpit.circuits.open", "{circuit}", "Circuits held in memory, connected or waiting for their browser to come back.");
        _connected = meter.CreateUpDownCounter<int>("cockpit.circuits.connected", "{circuit}", "Circuits with a browser at the other end.");
        _open.Add(0);
        _connected.Add(0);
    }

    public void Opened(int change) => _open.Add(change);

    public void Connected(int change) => _connected.Add(change);
}

/// <summary>Tells the metrics when circuits come and go.</summary>
internal sealed class CircuitCounter(CircuitMetrics metrics) : CircuitHandler
{
    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        metrics.Opened(1);
        return Task.CompletedTask;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        metrics.Opened(-1);
        return Task.CompletedTask;
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        metrics.Connected(1);
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        metrics.Connected(-1);
        return Task.CompletedTask;
    }
}

internal static class CircuitMetricsRegistration
{
    public static IServiceCollection AddCircuitMetrics(this IServiceCollection services)
    {
        services.AddSingleton<CircuitMetrics>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<CircuitHandler, CircuitCounter>());
        return services;
    }
}
