using System.Security.Claims;
using Cockpit.Domain.Executions;
using Cockpit.Security;
using Cockpit.UseCases.Recording;
using Microsoft.AspNetCore.SignalR;

namespace Cockpit.Hubs;

/// <summary>
/// The platform's health for other programs: the whole topic on joining, then what changed. Read-only: it carries no command, and a test
/// holds it to these three methods.
/// </summary>
internal sealed class LiveHub(LiveBoard board, LiveViewers viewers, CurrentActor who) : Hub
{
    /// <summary>Begins to follow a topic and returns it whole. Changes up to its number may still arrive and are to be ignored.</summary>
    public async Task<RawJson> Join(string topic)
    {
        await CheckAsync(topic);
        viewers.Join(Context.ConnectionId, topic);
        return board[topic].Whole;
    }

    /// <summary>Ends following a topic.</summary>
    public void Leave(string topic)
    {
        if (LiveTopics.All.Contains(topic)) viewers.Leave(Context.ConnectionId, topic);
    }

    /// <summary>Returns a topic whole: for viewers whose last number is not the one a change starts from.</summary>
    public async Task<RawJson> Whole(string topic)
    {
        await CheckAsync(topic);
        return board[topic].Whole;
    }

    private async Task CheckAsync(string topic)
    {
        if (!LiveTopics.All.Contains(topic)) throw new HubException($"There is no such topic; accepted: {string.Join(", ", LiveTopics.All)}.");
        if (!await MayLookAsync(who, Context.User ?? new ClaimsPrincipal(), Context.ConnectionAborted))
            throw new HubException("You may not look, or not any more. Sign in again.");
    }

    /// <summary>Whether somebody may look now. While storage is away the sign-in alone counts: screens must not go dark when they are needed.</summary>
    internal static async Task<bool> MayLookAsync(CurrentActor who, ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        try
        {
            return await who.ResolveAsync(principal, cancellationToken) is { } actor && actor.May(Role.Viewer);
        }
        catch (StorageUnavailableException)
        {
            return principal.Identity?.IsAuthenticated == true;
        }
    }
}
