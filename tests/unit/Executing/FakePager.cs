using Cockpit.UseCases.Paging;

namespace Cockpit.Tests.Executing;

/// <summary>Reaches everybody, or does what a test puts in its place.</summary>
internal sealed class FakePager : IPager
{
    public List<Page> Pages { get; } = [];

    public Func<CancellationToken, Task<PageResult>>? Paging { get; set; }

    public Task<PageResult> PageApproversAsync(Page page, CancellationToken cancellationToken)
    {
        Pages.Add(page);
        return Paging?.Invoke(cancellationToken) ?? Task.FromResult(new PageResult(["Ines Duarte"], null));
    }
}
