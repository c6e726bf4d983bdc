using Cockpit.Domain.Health;
using Cockpit.UseCases.Observing;
using Microsoft.Extensions.DependencyInjection;

namespace Cockpit.E2E.Support;

/// <summary>Makes sources of the cockpit hang: asked, they never answer.</summary>
internal static class Sources
{
    /// <summary>Puts a tap on a source: while the tap is closed, whoever asks waits for ever.</summary>
    public static Tap AddTap<T>(this IServiceCollection services)
    {
        var tap = new Tap();
        var original = services.Last(service => service.ServiceType == typeof(ISource<T>));
        services.AddSingleton<ISource<T>>(provider => new TappedSource<T>(
            (ISource<T>)(original.ImplementationFactory?.Invoke(provider)
                ?? ActivatorUtilities.CreateInstance(provider, original.ImplementationType!)), tap));
        return tap;
    }

    /// <summary>Open or closed.</summary>
    internal sealed class Tap
    {
        public volatile bool IsClosed;
    }

    private sealed class TappedSource<T>(ISource<T> inner, Tap tap) : ISource<T>
    {
        public string Name => inner.Name;

        public async Task<Observation<T>> ReadAsync(CancellationToken cancellationToken)
        {
            if (tap.IsClosed) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return await inner.ReadAsync(cancellationToken);
        }
    }
}
