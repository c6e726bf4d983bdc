using Cockpit.UseCases.Auditing;
using Cockpit.UseCases.Recording;
using Microsoft.AspNetCore.Components;

namespace Cockpit.Components.Audit;

/// <summary>The ledger, searchable and verifiable.</summary>
public sealed partial class AuditPage : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private readonly List<StoredEvent> _entries = [];
    private string _text = "";
    private string _lead = "Every entry is chained to the one before it; nothing can be changed without breaking the chain.";
    private string? _failure;
    private bool _more;
    private bool _busy;
    private AuditVerdict? _verdict;

    [Inject] private AuditTrail Trail { get; set; } = null!;

    protected override Task OnInitializedAsync() => SearchAsync();

    private Task SearchAsync()
    {
        _entries.Clear();
        return LoadAsync(null);
    }

    private Task OlderAsync() => LoadAsync(_entries[^1].Position);

    private Task LoadAsync(long? before) => OnceAsync(async () =>
    {
        var asked = _text;
        var page = await Trail.SearchAsync(new AuditQuery(asked.Trim(), before), _gone.Token);
        if (asked != _text) return;
        _entries.AddRange(page.Entries);
        _more = page.More;
    });

    private Task VerifyAsync() => OnceAsync(async () => _verdict = await Trail.VerifyAsync(_gone.Token));

    private async Task OnceAsync(Func<Task> act)
    {
        (_busy, _failure) = (true, null);
        try
        {
            await act();
        }
        catch (Exception unreadable) when (unreadable is StorageUnavailableException or IOException)
        {
            _failure = unreadable.Message;
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            _busy = false;
        }
    }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }
}
