using Cockpit.Components.Primitives;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Cockpit.Components.Cards;

/// <summary>A button that acts only when held: a slip of the thumb does nothing. Works with pointer, touch and keyboard.</summary>
public sealed partial class HoldButton : IAsyncDisposable
{
    private ElementReference _button;
    private IJSObjectReference? _module;
    private IJSObjectReference? _holding;
    private DotNetObjectReference<HoldButton>? _self;

    [Parameter, EditorRequired] public string Text { get; set; } = "";

    [Parameter] public bool Disabled { get; set; }

    [Parameter] public EventCallback OnHeld { get; set; }

    /// <summary>Called by the script when the button was held long enough.</summary>
    [JSInvokable]
    public Task HeldAsync() => Disabled ? Task.CompletedTask : InvokeAsync(OnHeld.InvokeAsync);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _self = DotNetObjectReference.Create(this);
        _module = await Script.InvokeAsync<IJSObjectReference>("import", "./Components/Cards/HoldButton.razor.js");
        _holding = await _module.InvokeAsync<IJSObjectReference>("hold", _button, _self);
    }

    public async ValueTask DisposeAsync()
    {
        await ScriptReferences.DisposeAsync(_holding, "stop");
        await ScriptReferences.DisposeAsync(_module);
        _self?.Dispose();
    }
}
