using Microsoft.JSInterop;

namespace Cockpit.Components.Primitives;

/// <summary>Lets go of script objects. A page whose connection is gone has let go of them already; that alone is no error.</summary>
public static class ScriptReferences
{
    /// <summary>Calls an ending function, if one is named, and disposes.</summary>
    public static async ValueTask DisposeAsync(IJSObjectReference? reference, string? ending = null)
    {
        if (reference is null) return;
        try
        {
            if (ending is not null) await reference.InvokeVoidAsync(ending);
            await reference.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            return;
        }
    }
}
