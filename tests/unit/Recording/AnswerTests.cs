using Cockpit.Domain.Cards;
using Cockpit.Tests.Executions;
using Cockpit.Tests.Support;
using Cockpit.UseCases.Answering;

namespace Cockpit.Tests.Recording;

public sealed class AnswerTests
{
    private readonly MemoryEventStore _store = new(new FakeClock(Runs.At));

    [Fact]
    public async Task Newest_answer_counts_with_who_gave_it()
    {
        var handler = new AnswerQuestionHandler(_store);
        var book = new AnswerBook();

        Assert.Null(await handler.HandleAsync("degraded-websockets", "complaints", true, Runs.Sam, CancellationToken.None));
        Assert.Null(await handler.HandleAsync("degraded-websockets", "complaints", false, Runs.Ada, CancellationToken.None));
        foreach (var entry in _store.Entries) book.Apply(entry);

        Assert.Equal(
            new Dictionary<string, HumanAnswer> { ["degraded-websockets/complaints"] = new(false, "Ada Lindqvist", Runs.At) }, book.Answers.ToDictionary());
    }

    [Fact]
    public async Task Who_is_no_responder_does_not_answer()
    {
        var handler = new AnswerQuestionHandler(_store);

        Assert.Equal("Sign in as a responder to answer.", await handler.HandleAsync("c", "q", true, Runs.Erin, CancellationToken.None));
        Assert.Equal("Sign in as a responder to answer.", await handler.HandleAsync("c", "q", true, null, CancellationToken.None));
        Assert.Empty(_store.Entries);
    }

    [Fact]
    public async Task Storage_that_is_down_is_said()
    {
        _store.IsDown = true;

        Assert.Equal("Not recorded: The disk of the database is full.",
            await new AnswerQuestionHandler(_store).HandleAsync("c", "q", true, Runs.Sam, CancellationToken.None));
    }
}
