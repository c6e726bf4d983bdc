using Cockpit.Domain.Executions;
using Cockpit.Tests.Executions;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Recording;

namespace Cockpit.Tests.Executing;

public sealed class ExecutionBookTests
{
    private readonly ExecutionBook _book = new();

    [Fact]
    public void Newest_request_stands_first_whatever_happened_last()
    {
        Take("old", new ExecutionEvent.Requested(Runs.Preview with { Id = "old" }), 0);
        Take("new", new ExecutionEvent.Requested(Runs.Preview with { Id = "new" }), 1);
        Take("old", new ExecutionEvent.Refused("no"), 2);

        Assert.Equal(["new", "old"], _book.Recent.Select(execution => execution.Id));
        Assert.Equal(ExecutionState.Refused, _book.Find("old")!.State);
    }

    [Fact]
    public void Finished_ones_are_forgotten_beyond_a_bound_and_open_ones_never()
    {
        Take("open", new ExecutionEvent.Requested(Runs.Preview with { Id = "open" }), 0);
        for (var i = 1; i <= 510; i++)
        {
            Take($"e-{i}", new ExecutionEvent.Requested(Runs.Preview with { Id = $"e-{i}" }), i);
            Take($"e-{i}", new ExecutionEvent.Refused("no"), i);
        }

        Assert.Equal(501, _book.Recent.Length);
        Assert.Equal("open", _book.Recent[^1].Id);
        Assert.Null(_book.Find("e-10"));
        Assert.NotNull(_book.Find("e-11"));
    }

    [Fact]
    public void Entries_of_other_kinds_are_passed_over()
    {
        _book.Apply(Entry(new StreamId("answer", "a/b"), Ledger.Write(Ledger.QuestionAnswered, new { yes = true }, Runs.Sam), 0));

        Assert.Empty(_book.Recent);
    }

    private void Take(string id, ExecutionEvent fact, int second) =>
        _book.Apply(Entry(new StreamId(Ledger.ExecutionKind, id), Ledger.Write(fact, Runs.Sam), second));

    private static StoredEvent Entry(StreamId stream, NewEvent fact, int second) => new(
        1, stream, 1, fact.Type, fact.Payload, fact.Actor, Runs.At.AddSeconds(second), null, LedgerHash.Genesis, LedgerHash.Genesis);
}
