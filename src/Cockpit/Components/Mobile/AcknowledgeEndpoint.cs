using Cockpit.Domain.Executions;
using Cockpit.UseCases.Incidents;
using Cockpit.UseCases.Notifying;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cockpit.Components.Mobile;

/// <summary>
/// What the acknowledge button of a push message and the pressed 1 of a call post to. The signed token is the whole authority: it can acknowledge
/// this one incident in this one person's name. Opening the link changes nothing, because programs open links too.
/// </summary>
internal static class AcknowledgeEndpoint
{
    public static void MapAcknowledgeLinks(this IEndpointRouteBuilder app)
    {
        app.MapGet("/m/ack/{token}", AskAsync).AllowAnonymous();
        app.MapPost("/m/ack/{token}", TakeAsync).AllowAnonymous().DisableAntiforgery().RequireRateLimiting(MobileEndpoints.RateLimit);
    }

    private static async Task<IResult> AskAsync(string token, IAcknowledgeLinks links, MobileReading reading, IncidentBoard board)
    {
        if (links.Read(token) is not { } link || board.Find(link.Incident)?.Incident is not { } incident) return Results.LocalRedirect(MobileEndpoints.Home);
        return new RazorComponentResult<MobileDecision>(new Dictionary<string, object?>
        {
            [nameof(MobileDecision.Reader)] = await reading.ReaderAsync(),
            [nameof(MobileDecision.Title)] = incident.Title,
            [nameof(MobileDecision.Text)] = $"{MobileText.State(incident)}. Acknowledge it as {link.PersonName}?",
            [nameof(MobileDecision.Action)] = $"/m/ack/{token}",
            [nameof(MobileDecision.Back)] = MobileDesk.Page(link.Incident),
            [nameof(MobileDecision.Press)] = "Acknowledge",
            [nameof(MobileDecision.Otherwise)] = "Open the incident",
        });
    }

    private static async Task<IResult> TakeAsync(string token, HttpContext context, IAcknowledgeLinks links, IncidentDesk desk)
    {
        if (links.Read(token) is not { } link) return Results.Problem("This link is no longer good.", statusCode: StatusCodes.Status403Forbidden);
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : null;
        var isCall = form?.ContainsKey("Digits") == true;
        if (isCall && form!["Digits"] != "1") return Spoken("You have not acknowledged. Goodbye.");
        var person = new Actor(link.Person, link.PersonName, [Role.Viewer, Role.Responder], IsPerson: true);
        var answer = await desk.AcknowledgeAsync(link.Incident, person, isCall ? "by pressing 1 on the phone" : "from the page itself", CancellationToken.None);
        var text = answer is IncidentAnswer.Refused refused ? refused.Sentence : "Acknowledged.";
        if (isCall) return Spoken(text);
        return context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)
            ? MobileDesk.SeeOther($"{MobileDesk.Page(link.Incident)}?said={Uri.EscapeDataString(text)}")
            : Results.Text(text, statusCode: answer is IncidentAnswer.Refused ? StatusCodes.Status409Conflict : StatusCodes.Status200OK);
    }

    private static IResult Spoken(string text) =>
        Results.Text(new System.Xml.Linq.XElement("Response", new System.Xml.Linq.XElement("Say", text)).ToString(), "text/xml");
}
