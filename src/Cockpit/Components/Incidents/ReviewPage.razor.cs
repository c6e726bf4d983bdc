using Cockpit.Domain.Incidents;
using Cockpit.Security;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Incidents;
using Markdig;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Cockpit.Components.Incidents;

/// <summary>What is written up afterwards.</summary>
public sealed partial class ReviewPage
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseTaskLists().Build();

    private Incident? _incident;
    private string _text = "";
    private string? _said;
    private bool _busy;

    [Parameter] public string Id { get; set; } = "";

    [Inject] private IncidentBook Book { get; set; } = null!;

    [Inject] private ExecutionBook Executions { get; set; } = null!;

    [Inject] private IncidentDesk Desk { get; set; } = null!;

    [Inject] private CurrentActor Who { get; set; } = null!;

    [CascadingParameter] private Task<AuthenticationState> Authentication { get; set; } = null!;

    private string Html => Markdown.ToHtml(_text, Pipeline);

    private string Download => "data:text/markdown;charset=utf-8," + Uri.EscapeDataString(_text);

    protected override void OnParametersSet()
    {
        _incident = Book.Find(Id);
        if (_incident?.Review is { } written) _text = written;
        else Draft();
    }

    private void Draft()
    {
        if (_incident is not null) _text = IncidentReview.Draft(Book.Find(Id)!, Executions.Recent);
    }

    private async Task SaveAsync(bool final)
    {
        if (_busy) return;
        _busy = true;
        try
        {
            var actor = await Who.ResolveAsync((await Authentication).User, CancellationToken.None);
            _said = await Desk.ReviewAsync(Id, _text, final, actor, CancellationToken.None) switch
            {
                IncidentAnswer.Refused refused => refused.Sentence,
                _ => final ? "Saved. The incident counts as reviewed." : "Saved.",
            };
            _incident = Book.Find(Id);
        }
        finally
        {
            _busy = false;
        }
    }
}
