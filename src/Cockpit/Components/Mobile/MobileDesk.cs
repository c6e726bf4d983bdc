using Cockpit.Domain.Executions;
using Cockpit.Domain.Incidents;
using Cockpit.UseCases.Incidents;
using Cockpit.UseCases.OnCall;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cockpit.Components.Mobile;

/// <summary>A decision that gets a page of its own.</summary>
internal enum MobileQuestion
{
    Resolve,
    Major,
    Escalate,
}

/// <summary>Takes the forms of an incident's page.</summary>
internal sealed class MobileDesk(
    MobileReading reading, IncidentDesk desk, IncidentBoard board, IncidentSurroundings surroundings, OnCallBook onCall, TimeProvider clock)
{
    /// <summary>Does it and leads back to the incident; refused, it says why on the page that asked.</summary>
    public async Task<IResult> DoAsync(
        string id, string done, Func<IncidentDesk, Actor?, CancellationToken, Task<IncidentAnswer>> change, MobileQuestion? asked = null)
    {
        var actor = await reading.ActorAsync();
        if (actor is null || !actor.May(Role.Responder)) return Results.LocalRedirect($"/sign-in?returnUrl={Uri.EscapeDataString(Page(id))}");
        return await change(desk, actor, CancellationToken.None) switch
        {
            IncidentAnswer.Done => SeeOther($"{Page(id)}?said={Uri.EscapeDataString(done)}"),
            IncidentAnswer.Refused refused when asked is { } question => await AskAsync(id, question, new MobileSaid(refused.Sentence, false)),
            IncidentAnswer.Refused refused => await reading.IncidentAsync(id, new MobileSaid(refused.Sentence, false)),
            var other => throw new ArgumentOutOfRangeException(nameof(change), other, null),
        };
    }

    /// <summary>The page of one decision.</summary>
    public async Task<IResult> AskAsync(string id, MobileQuestion question, MobileSaid? said = null)
    {
        if (board.Find(id)?.Incident is not { } incident) return Results.LocalRedirect(MobileEndpoints.Home);
        var (title, text, press, ask, needed) = question switch
        {
            MobileQuestion.Resolve => ("Is it over?", incident.Firing > 0
                ? $"{incident.Firing} of its alerts still fire. Say why it is over all the same." : "No alert of it fires any more.", "It is over", "Why", incident.Firing > 0),
            MobileQuestion.Major => ("Declare it major?", "The executive team is woken at once, whatever the hour.", "Declare major", "Why", true),
            _ => ("Wake somebody else?", WhoIsNext(incident), "Page now", "Why (optional)", false),
        };
        return new RazorComponentResult<MobileDecision>(new Dictionary<string, object?>
        {
            [nameof(MobileDecision.Reader)] = await reading.ReaderAsync(),
            [nameof(MobileDecision.Title)] = title,
            [nameof(MobileDecision.Text)] = text,
            [nameof(MobileDecision.Action)] = $"{Page(id)}/{question.ToString().ToLowerInvariant()}",
            [nameof(MobileDecision.Back)] = Page(id),
            [nameof(MobileDecision.Press)] = press,
            [nameof(MobileDecision.Ask)] = ask,
            [nameof(MobileDecision.AskIsNeeded)] = needed,
            [nameof(MobileDecision.Hidden)] = new List<(string, string)> { ("pages", FormattableString.Invariant($"{incident.Pages.Length}")) },
            [nameof(MobileDecision.Said)] = said,
        });
    }

    /// <summary>A form's answer that a browser asks for with GET: loading it again posts nothing.</summary>
    public static IResult SeeOther(string path) => new SeeOtherResult(path);

    public static string Page(string id) => $"{MobileEndpoints.Home}/incidents/{Uri.EscapeDataString(id)}";

    private string WhoIsNext(Incident incident)
    {
        if (surroundings.PolicyFor(incident) is not { Steps.IsEmpty: false } policy) return "The catalog has no escalation.";
        return Escalation.ByHand(incident, policy, onCall.Schedule, "", clock.GetUtcNow()) is IncidentEvent.Paged paged
            ? $"Level {paged.Level}, {paged.Role}: {paged.PersonName} is paged at once. {string.Join(". ", paged.Duties)}."
            : "Nobody stands behind a further level.";
    }

    private sealed class SeeOtherResult(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = path;
            return Task.CompletedTask;
        }
    }
}
