using System.Collections.Concurrent;
using Cockpit.Domain.Executions;

namespace Cockpit.UseCases.Executing;

/// <summary>Holds previews until they are confirmed or too old. A preview is a promise for a minute and not worth storing.</summary>
public sealed class PreviewDesk(TimeProvider clock)
{
    private const int AtMost = 1_000;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, (ActionPreview Preview, string ActorId)> _previews = new();

    public void Put(ActionPreview preview, Actor actor)
    {
        var now = clock.GetUtcNow();
        foreach (var (id, held) in _previews)
            if (now - held.Preview.At > Kept) _previews.TryRemove(id, out _);
        while (_previews.Count >= AtMost && _previews.MinBy(entry => entry.Value.Preview.At) is { Key: { } oldest })
            _previews.TryRemove(oldest, out _);
        _previews[preview.Id] = (preview, actor.Id);
    }

    /// <summary>The preview and whose it is; null when there is none.</summary>
    public (ActionPreview Preview, string ActorId)? Find(string id) => _previews.TryGetValue(id, out var held) ? held : null;
}
