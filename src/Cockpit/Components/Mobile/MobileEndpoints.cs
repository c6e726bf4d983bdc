using Cockpit.Domain.Executions;
using Cockpit.Live;
using Cockpit.Security;
using Cockpit.UseCases.Incidents;
using Cockpit.UseCases.OnCall;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Cockpit.Components.Mobile;

/// <summary>
/// The phone's pages: plain documents and forms that post. Whatever is done twice is done once, and each answer leads back to the incident, so
/// that loading a page again repeats nothing.
/// </summary>
internal static class MobileEndpoints
{
    public const string Home = "/m";
    public const string RateLimit = "mobile";

    private const int OverShown = 5;

    public static void MapMobile(this IEndpointRouteBuilder app, SecurityOptions security)
    {
        var pages = app.MapGroup(Home);
        if (security.AnonymousViewers) pages.AllowAnonymous();
        else pages.RequireAuthorization();
        pages.MapGet("", ListAsync);
        var incident = pages.MapGroup("/incidents/{id}");
        incident.MapGet("", IncidentAsync);
        incident.MapPost("/acknowledge", (string id, [FromForm] string? reason, MobileDesk phone) =>
            phone.DoAsync(id, "Acknowledged. The clock stands still while you work.", (desk, actor, token) => desk.AcknowledgeAsync(id, actor, "on the phone", token)));
        incident.MapPost("/take-over", (string id, [FromForm] string? reason, MobileDesk phone) =>
            phone.DoAsync(id, "It is yours now.", (desk, actor, token) => desk.TakeOverAsync(id, actor, token)));
        incident.MapPost("/note", (string id, [FromForm] string? text, MobileDesk phone) =>
            phone.DoAsync(id, "Written down.", (desk, actor, token) => desk.NoteAsync(id, text, actor, token)));
        incident.MapPost("/mitigate", (string id, [FromForm] string? reason, MobileDesk phone) =>
            phone.DoAsync(id, "Mitigated. Nobody is paged any more.", (desk, actor, token) => desk.MitigateAsync(id, reason, actor, token)));
        incident.MapGet("/resolve", (string id, MobileDesk phone) => phone.AskAsync(id, MobileQuestion.Resolve));
        incident.MapPost("/resolve", (string id, [FromForm] string? reason, MobileDesk phone) =>
            phone.DoAsync(id, "Resolved.", (desk, actor, token) => desk.ResolveAsync(id, reason, actor, token), MobileQuestion.Resolve));
        incident.MapGet("/major", (string id, MobileDesk phone) => phone.AskAsync(id, MobileQuestion.Major));
        incident.MapPost("/major", (string id, [FromForm] string? reason, MobileDesk phone) =>
            phone.DoAsync(id, "Declared major. The executive team is being woken.", (desk, actor, token) => desk.DeclareMajorAsync(id, reason, actor, token), MobileQuestion.Major));
        incident.MapGet("/escalate", (string id, MobileDesk phone) => phone.AskAsync(id, MobileQuestion.Escalate));
        incident.MapPost("/escalate", (string id, [FromForm] string? reason, [FromForm] int pages, MobileDesk phone) =>
            phone.DoAsync(id, "The next level is being paged.", (desk, actor, token) => desk.EscalateAsync(id, reason, actor, pages, token), MobileQuestion.Escalate));
        foreach (var path in (string[])["/executions/{id}", "/approvals/{id}"])
            pages.MapGet(path, (string id, MobileExecutions executions) => executions.ShowAsync(id, null));
        var execution = pages.MapGroup("/executions/{id}");
        execution.MapPost("/approve", (string id, [FromForm] int round, MobileExecutions executions) => executions.ApproveAsync(id, round));
        execution.MapPost("/refuse", (string id, [FromForm] string? reason, MobileExecutions executions) => executions.RefuseAsync(id, reason));
        execution.MapPost("/cancel", (string id, [FromForm] string? reason, MobileExecutions executions) => executions.CancelAsync(id));
        incident.MapGet("/actions/{action}", (string id, string action, MobileActions actions) => actions.PreviewAsync(id, action));
        incident.MapPost("/actions/{action}/confirm", (string id, [FromForm] string? preview, [FromForm] string? reason, MobileActions actions) =>
            actions.ConfirmAsync(id, preview ?? "", reason, second: false));
        incident.MapPost("/actions/{action}/run", (string id, [FromForm] string? preview, [FromForm] string? reason, MobileActions actions) =>
            actions.ConfirmAsync(id, preview ?? "", reason, second: true));
    }

    private static async Task<RazorComponentResult> ListAsync(MobileReading reading, SnapshotFeed feed, IncidentBoard board, OnCallBook onCall)
    {
        var reader = await reading.ReaderAsync();
        var incidents = board.Current;
        var schedule = onCall.Schedule;
        return new RazorComponentResult<MobileList>(new Dictionary<string, object?>
        {
            [nameof(MobileList.Reader)] = reader,
            [nameof(MobileList.Open)] = incidents.Where(standing => standing.Incident.IsOpen)
                .OrderBy(standing => standing.Incident.State).ThenBy(standing => standing.Incident.Severity).ToList(),
            [nameof(MobileList.Over)] = incidents.Where(standing => !standing.Incident.IsOpen).Take(OverShown).ToList(),
            [nameof(MobileList.Waiting)] = feed.Current.Executions.Where(execution => execution.State == ExecutionState.AwaitingApproval).ToList(),
            [nameof(MobileList.Overall)] = feed.Current.Health?.Overall.Sentence,
            [nameof(MobileList.OnCall)] = schedule.Plan.Layers.Select(layer => (layer.Title, schedule.Find(schedule.On(layer.Id, reader.Now))?.Name)).ToList(),
        });
    }

    private static async Task<IResult> IncidentAsync(string id, [FromQuery] string? said, MobileReading reading) =>
        await reading.IncidentAsync(id, said is null ? null : new MobileSaid(said, true));
}
