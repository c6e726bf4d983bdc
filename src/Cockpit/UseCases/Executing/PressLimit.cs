using System.Collections.Concurrent;
using Cockpit.Domain.Executions;

namespace Cockpit.UseCases.Executing;

/// <summary>
/// How often one person or program may press: previews, confirmations, approvals, reverts, wherever they press them. Stopping something
/// (cancelling, refusing an approval) is never too often. Guests, who can run nothing, are bounded by their address instead.
/// </summary>
/// <param name="perMinute">Presses at once, and a minute from then on; at least 1.</param>
/// <param name="clock">The clock; one that is set meanwhile changes nothing.</param>
public sealed class PressLimit(int perMinute, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Allowance> _byActor = new(StringComparer.Ordinal);

    /// <summary>Takes a press; the refusal when there is none left.</summary>
    public ActionRefusal? Take(Actor actor) => Ask(actor, 1);

    /// <summary>The refusal that the next press would meet; null when it would meet none.</summary>
    public ActionRefusal? Look(Actor actor) => Ask(actor, 0);

    private ActionRefusal.TooManyPresses? Ask(Actor actor, int presses) =>
        actor == Actor.Anonymous || _byActor.GetOrAdd(actor.Id, _ => new Allowance(perMinute, clock)).Wait(presses) is not { } wait
            ? null
            : new ActionRefusal.TooManyPresses(perMinute, wait);

    /// <summary>What is left of one actor's presses; it grows back as time passes.</summary>
    private sealed class Allowance(int perMinute, TimeProvider clock)
    {
        private readonly Lock _lock = new();
        private double _left = perMinute;
        private long _at = clock.GetTimestamp();

        /// <summary>Takes the presses and answers null, or takes nothing and answers how long to wait for one.</summary>
        public TimeSpan? Wait(int presses)
        {
            lock (_lock)
            {
                var now = clock.GetTimestamp();
                _left = Math.Min(perMinute, _left + (clock.GetElapsedTime(_at, now).TotalMinutes * perMinute));
                _at = now;
                if (_left < 1) return TimeSpan.FromMinutes((1 - _left) / perMinute);
                _left -= presses;
                return null;
            }
        }
    }
}
