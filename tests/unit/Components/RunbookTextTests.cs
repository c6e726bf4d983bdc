using System.Collections.Immutable;
using Cockpit.Components.Runbooks;
using Cockpit.Domain.Health;
using Cockpit.Domain.Runbooks;
using Cockpit.UseCases.Guiding;

namespace Cockpit.Tests.Components;

public sealed class RunbookTextTests
{
    private static readonly DateOnly Reviewed = new(2026, 11, 2);
    private static readonly DateOnly Due = new(2026, 12, 2);

    [Fact]
    public void Review_on_the_due_day_is_still_in_time()
    {
        Assert.Equal("2 Dec 2026", RunbookText.NextReview(Entry(Reviewed), Due));
        Assert.Equal(HealthStatus.Good, RunbookText.ReviewStatus(Entry(Reviewed), Due));
        Assert.Equal("Every runbook is reviewed.", RunbookText.Lead([Entry(Reviewed)], Due));
    }

    [Fact]
    public void Review_a_day_late_is_overdue_and_said()
    {
        var late = Due.AddDays(1);

        Assert.Equal("overdue since 2 Dec 2026", RunbookText.NextReview(Entry(Reviewed), late));
        Assert.Equal(HealthStatus.Warn, RunbookText.ReviewStatus(Entry(Reviewed), late));
        Assert.Equal("One runbook is overdue for its review.", RunbookText.Lead([Entry(Reviewed)], late));
    }

    [Fact]
    public void Review_that_never_was_is_overdue_from_the_first_day()
    {
        Assert.Equal("overdue, never reviewed", RunbookText.NextReview(Entry(null), Reviewed));
        Assert.Equal("2 of 3 runbooks are overdue for their review.", RunbookText.Lead([Entry(null), Entry(null), Entry(Reviewed)], Due));
    }

    [Theory]
    [InlineData("cards", "scale-out", "/cards/cards#action-scale-out", "Card cards: scale out")]
    [InlineData("cards", null, "/cards/cards", "Card cards")]
    public void Command_of_a_card_leads_to_the_card_and_its_action(string card, string? action, string link, string place)
    {
        var command = new CommandReference("Title", "make it", null, card, null, action);

        Assert.Equal((link, place), (command.Link, RunbookText.Place(command)));
    }

    [Fact]
    public void Command_of_a_runbook_leads_there_and_one_of_the_shell_leads_nowhere()
    {
        Assert.Equal("/runbooks/service-down#action-restart", new CommandReference("Title", "make it", null, null, "service-down", "restart").Link);
        Assert.Null(new CommandReference("Title", "make logs", "kubectl logs", null, null, null).Link);
    }

    [Fact]
    public void Step_shows_code_and_emphasises_its_action_and_keeps_raw_html_as_text()
    {
        Assert.Equal("<p><strong>Restart</strong> with <code>kubectl</code>.</p>\n", StepMarkup.Of("[Restart](action:restart) with `kubectl`."));
        Assert.Equal("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n", StepMarkup.Of("<script>alert(1)</script>"));
        Assert.Equal("<p><strong>x</strong></p>\n", StepMarkup.Of("[x](javascript:alert(1))"));
        Assert.Equal("<p><a href=\"https://example.org/\">there</a></p>\n", StepMarkup.Of("[there](https://example.org/)"));
    }

    private static RunbookIndexEntry Entry(DateOnly? reviewed) =>
        new("id", "Title", "Group", "Summary", "owner", ImmutableArray<string>.Empty, reviewed, 30, false);
}
