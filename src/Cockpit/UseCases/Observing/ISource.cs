using Cockpit.Domain.Health;

namespace Cockpit.UseCases.Observing;

/// <summary>One place to read a fact from. It is polled at one pace however many people look.</summary>
/// <remarks>Implementations hold no cache and need not time out: the poller bounds each read with the token.</remarks>
public interface ISource<T>
{
    /// <summary>The source's name as a person knows it.</summary>
    string Name { get; }

    /// <summary>Reads the fact once.</summary>
    /// <exception cref="SourceUnavailableException">The source cannot answer; the message says why to a tired person.</exception>
    Task<Observation<T>> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>A source could not answer. The message is shown on the tile: one plain sentence fragment, no secrets.</summary>
public sealed class SourceUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
