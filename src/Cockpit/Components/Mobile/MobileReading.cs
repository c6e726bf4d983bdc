using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.Domain.Incidents;
using Cockpit.Live;
using Cockpit.Security;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Executing.Checks;
using Cockpit.UseCases.Incidents;
using Cockpit.UseCases.OnCall;
using Cockpit.UseCases.Recording;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cockpit.Components.Mobile;

/// <summary>Gathers what a page for the phone shows.</summary>
internal sealed class MobileReading(
    IHttpContextAccessor http, CurrentActor who, IAntiforgery antiforgery, IncidentBoard board, OnCallBook onCall, SnapshotFeed feed,
    ActionTargets targets, RunCheckHandler checks, PlatformModel model, TimeProvider clock)
{
    /// <summary>What stands before an input's name in an address.</summary>
    public const string InputPrefix = "in.";

    private const string Instead = "instead";
    private const int LongestInput = 500;

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
        var zone = (actor is null ? null : onCall.Schedule.Whose(actor.Id, actor.Name))?.Zone;
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
        var incident = standing.Incident;
        var card = (incident.Card ?? incident.Opening.Runbook) is { } named ? feed.Current.Health?.Card(named) : null;
        var actions = ActionsOf(incident);
        var fix = actions.FirstOrDefault(each => !each.IsCheck && each.Action.Inputs.IsEmpty);
        return new RazorComponentResult<MobileIncident>(new Dictionary<string, object?>
        {
            [nameof(MobileIncident.Reader)] = await ReaderAsync(),
            [nameof(MobileIncident.Standing)] = standing,
            [nameof(MobileIncident.Said)] = said,
            [nameof(MobileIncident.Card)] = card,
            [nameof(MobileIncident.IsRunbook)] = card is not null && card.Card.Id != incident.Card,
            [nameof(MobileIncident.Fix)] = fix?.Action,
            [nameof(MobileIncident.Others)] = actions.Where(each => each != fix).ToList(),
            [nameof(MobileIncident.Me)] = await ActorAsync() is { } actor ? onCall.Schedule.Whose(actor.Id, actor.Name) : null,
            [nameof(MobileIncident.Running)] = feed.Current.Executions
                .Where(execution => execution.IsOpen && incident.Actions.Any(action => action.Execution == execution.Id)).ToList(),
        });
    }

    /// <summary>
    /// What can be run about an incident from a phone: low and medium risk of its card, then of its runbook. What needs a typed name or a second
    /// person to begin with is not for a thumb at night.
    /// </summary>
    public IReadOnlyList<MobileAction> ActionsOf(Incident incident) =>
    [
        .. new[] { incident.Card, incident.Opening.Runbook }.OfType<string>().Distinct()
            .SelectMany(owner => (model.Cards.Concat(model.Procedures).FirstOrDefault(each => each.Id == owner)?.Actions ?? [])
                .Where(action => action.Risk <= ActionRisk.Medium)
                .Select(action => new MobileAction(owner, action, checks.CanRun(action))))
            .Where(each => each.IsCheck || targets.CanRun(each.Action)).DistinctBy(each => each.Action.Id),
    ];

    /// <summary>What the address supplies to an action.</summary>
    public ImmutableArray<InputValue> Given(ActionDefinition action)
    {
        var query = Context.Request.Query;
        return
        [
            .. action.Inputs.Select(input => new InputValue(input.Name, query[InputPrefix + input.Name].ToString().Trim()))
                .Where(value => value.Value.Length is > 0 and <= LongestInput),
            .. query[Instead] == ActionInputs.RaiseMinimum.Value ? [ActionInputs.RaiseMinimum] : ImmutableArray<InputValue>.Empty,
        ];
    }

    /// <summary>The same inputs as an address carries them; empty when there are none.</summary>
    public static string Query(ImmutableArray<InputValue> inputs) => inputs.IsEmpty ? "" : "?" + string.Join('&', inputs.Select(input =>
        $"{(input == ActionInputs.RaiseMinimum ? Instead : Uri.EscapeDataString(InputPrefix + input.Name))}={Uri.EscapeDataString(input.Value)}"));
}
