using Cockpit.Domain.Cards;

namespace Cockpit.E2E.Lab.Crashes;

/// <summary>What a real server shows of a target.</summary>
/// <param name="Acts">How often the cockpit has changed it, as the server itself counts.</param>
/// <param name="State">What it holds.</param>
internal sealed record Look(long Acts, string State);

/// <summary>Something to be done to a real server, cut short by a crash.</summary>
/// <param name="Kind">What is done, for the report.</param>
/// <param name="Action">The action's id on the card of the crash tests.</param>
/// <param name="Typed">The target as a person types it; nothing else goes on there meanwhile.</param>
/// <param name="Rule">How its outcome is read back.</param>
internal abstract record Deed(string Kind, string Action, string Typed, ReadBack Rule)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>True when another person must approve.</summary>
    public bool IsApproved { get; init; }

    /// <summary>True when it is held back for a moment first.</summary>
    public bool IsHeldBack { get; init; }

    /// <summary>True when it is turned back.</summary>
    public bool IsLeased { get; init; }

    /// <summary>What the person supplies; known once the target is prepared.</summary>
    public Dictionary<string, string> Inputs { get; } = [];

    /// <summary>Brings the target to where the deed begins.</summary>
    public abstract Task PrepareAsync();

    /// <summary>Looks at the real server.</summary>
    public abstract Task<Look> LookAsync();

    /// <summary>True when the server shows that the execution's change was made.</summary>
    public abstract bool IsDone(Look before, Look after, string execution);

    /// <summary>True when the server shows what it did before.</summary>
    public virtual bool IsAsBefore(Look before, Look after) => before.State == after.State;

    /// <summary>Waits until something holds.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds, string what, Func<string?>? last = null)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        while (!await holds())
        {
            if (patience.IsCancellationRequested) throw new TimeoutException($"Waited in vain until {what}. {last?.Invoke()}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
        }
    }
}
