using System.Collections.Immutable;

namespace Cockpit.UseCases.Paging;

/// <summary>A call to people that must not wait for somebody to look at a screen.</summary>
/// <param name="Key">Stable for one occasion: a receiver that sees it twice was called once.</param>
/// <param name="Text">What they are told.</param>
/// <param name="Path">Where to look, as a path of the cockpit.</param>
public sealed record Page(string Key, string Text, string Path);

/// <summary>What became of a page.</summary>
/// <param name="Reached">Who was reached, by name.</param>
/// <param name="Failure">Why somebody was not, as a sentence fragment; null when everybody was.</param>
public sealed record PageResult(ImmutableArray<string> Reached, string? Failure);

/// <summary>Calls people. May be asked twice for one occasion after a crash: paging is at least once.</summary>
public interface IPager
{
    /// <summary>Calls everybody who may approve.</summary>
    Task<PageResult> PageApproversAsync(Page page, CancellationToken cancellationToken);
}

/// <summary>Stands in where no way to call anybody is configured. What could not be done is recorded all the same.</summary>
internal sealed class NoPager : IPager
{
    public Task<PageResult> PageApproversAsync(Page page, CancellationToken cancellationToken) =>
        Task.FromResult(new PageResult([], "no way to page people is configured"));
}
