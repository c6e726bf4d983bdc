using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Cockpit.Components.Primitives.Charts;

/// <summary>Draws a chart with Plotly. A newer chart takes the place of the older one and keeps the reader's zoom.</summary>
public sealed partial class PlotlyChart : IAsyncDisposable
{
    private ElementReference _plot;
    private IJSObjectReference? _module;
    private IJSObjectReference? _drawing;
    private string? _drawn;
    private string? _failure;
    private bool _busy;
    private bool _gone;

    [Parameter, EditorRequired] public Chart Chart { get; set; } = null!;

    /// <summary>Height in CSS pixels.</summary>
    [Parameter] public int Height { get; set; } = 260;

    /// <summary>A chart of another subject does not keep the zoom of the one before.</summary>
    [Parameter] public string Subject { get; set; } = "";

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_busy || _gone || _failure is not null) return;
        _busy = true;
        try
        {
            await DrawAsync();
        }
        catch (JSException broken)
        {
            _failure = broken.Message.Split('\n')[0].TrimEnd('.');
            StateHasChanged();
        }
        catch (JSDisconnectedException)
        {
            _gone = true;
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task DrawAsync()
    {
        while (!_gone && PlotlyFigure.Write(Chart) is var figure && figure != _drawn)
        {
            _module ??= await Script.InvokeAsync<IJSObjectReference>("import", "./Components/Primitives/Charts/PlotlyChart.razor.js");
            if (_drawing is null) _drawing = await _module.InvokeAsync<IJSObjectReference>("draw", _plot, "/" + Assets["vendor/plotly.js"], figure, Subject);
            else await _drawing.InvokeVoidAsync("update", figure, Subject);
            _drawn = figure;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _gone = true;
        await ScriptReferences.DisposeAsync(_drawing, "stop");
        await ScriptReferences.DisposeAsync(_module);
    }
}
