using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Live;
using Cockpit.Security;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Incidents;
using Cockpit.UseCases.OnCall;
using Cockpit.UseCases.Recording;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cockpit.Components.Mobile;

/// <summary>Gathers what a page for the phone shows.</summary>
internal sealed class MobileReading(
    IHttpContextAccessor http, CurrentActor who, IAntiforgery antiforgery, IncidentBoard board, OnCallBook onCall, SnapshotFeed feed,
    ActionTargets targets, TimeProvider clock)
{
    private HttpContext Context => http.HttpContext!;

    public CancellationToken Gone => Context.RequestAborted;

    /// <summary>Who acts; null when nobody is known, as when storage is away.</summary>
    public async Task<Actor?> ActorAsync()
    {
        try
        {
            return await who.ResolveAsync(Context.User, Gone);
        }
        catch (StorageUnavailableException)
        {
            return null;
        }
    }

    public async Task<MobileReader> ReaderAsync()
    {
        var tokens = antiforgery.GetAndStoreTokens(Context);
        var actor = await ActorAsync();
        var zone = onCall.Schedule.Find(actor?.Id)?.Zone ?? onCall.Schedule.Find(actor?.Name)?.Zone;
        // What is shown here is true for this moment only: going back must ask again.
        Context.Response.Headers.CacheControl = "no-store";
        return new MobileReader(
            actor, tokens.RequestToken!, tokens.FormFieldName, zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : null,
            clock.GetUtcNow());
    }

    /// <summary>The page of an incident.</summary>
    public async Task<IResult> IncidentAsync(string id, MobileSaid? said)
    {
        if (board.Find(id) is not { } standing) return Results.Redirect(MobileEndpoints.Home);
        var card = standing.Incident.Card is { } named ? feed.Current.Health?.Card(named) : null;
        var runnable = card?.Card.Actions.Where(IsForPhones).ToList() ?? [];
        return new RazorComponentResult<MobileIncident>(new Dictionary<string, object?>
        {
            [nameof(MobileIncident.Reader)] = await ReaderAsync(),
            [nameof(MobileIncident.Standing)] = standing,
            [nameof(MobileIncident.Said)] = said,
            [nameof(MobileIncident.Card)] = card,
            [nameof(MobileIncident.Fix)] = runnable.FirstOrDefault(),
            [nameof(MobileIncident.Others)] = runnable.Skip(1).ToList(),
        });
    }

    /// <summary>What needs a typed name, a choice from a list or a second person is not for a thumb at night.</summary>
    private bool IsForPhones(ActionDefinition action) => action.Risk <= ActionRisk.Medium && action.Inputs.IsEmpty && targets.CanRun(action);
}
