using Cockpit.Live;
using Microsoft.AspNetCore.Components;

namespace Cockpit.Components.Primitives;

/// <summary>
/// A page that shows the newest snapshot and follows the feed while it is on screen. Pages derive from it; the parts of a page take
/// what they show as parameters.
/// </summary>
public abstract class LiveComponent : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private Task _following = Task.CompletedTask;

    [Inject] protected SnapshotFeed Feed { get; set; } = null!;

    protected CockpitSnapshot Snapshot { get; private set; } = CockpitSnapshot.Nothing;

    /// <summary>Ends when the component leaves the screen.</summary>
    protected CancellationToken Gone => _gone.Token;

    protected override void OnInitialized() => Snapshot = Feed.Current;

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender) _following = FollowAsync();
    }

    /// <summary>Called on the renderer's thread before a new snapshot is drawn.</summary>
    protected virtual void OnSnapshot()
    {
    }

    /// <summary>Whether a newer snapshot is drawn. One that is not is passed over: <see cref="Snapshot"/> stays the one on screen.</summary>
    protected virtual bool IsWorthDrawing(CockpitSnapshot next) => true;

    private async Task FollowAsync()
    {
        try
        {
            for (var seen = Snapshot.Number; ;)
            {
                var next = await Feed.NextAsync(seen, _gone.Token);
                seen = next.Number;
                if (!IsWorthDrawing(next)) continue;
                await InvokeAsync(() =>
                {
                    Snapshot = next;
                    OnSnapshot();
                    StateHasChanged();
                });
            }
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            // A page that stopped following must not go on looking alive.
            await DispatchExceptionAsync(exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _following;
        _gone.Dispose();
        GC.SuppressFinalize(this);
    }
}
