using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Tests.Executions;
using Cockpit.UseCases.Recording;

namespace Cockpit.Tests.Recording;

public sealed class LedgerTests
{
    public static TheoryData<ExecutionEvent> Facts => new(
        new ExecutionEvent.Confirmed("typed the target's name", "lag"), new ExecutionEvent.Confirmed("a click", null),
        new ExecutionEvent.DispatchIntended(7), new ExecutionEvent.Accepted("8"), new ExecutionEvent.Refused("no"),
        new ExecutionEvent.OutcomeUnknown("hung"), new ExecutionEvent.ReadBack(true, "8"), new ExecutionEvent.ReadBack(false, "4"),
        new ExecutionEvent.EffectSeen("8 of 8"), new ExecutionEvent.ExpectedSeen(new Evidence("Each holds half.", "46 %", "< 70 %", Verdict.Holds)),
        new ExecutionEvent.EffectMissed("7 of 8"), new ExecutionEvent.HeldBack(Runs.At),
        new ExecutionEvent.Cancelled(null), new ExecutionEvent.ApprovalAsked(Runs.At), new ExecutionEvent.Approved(), new ExecutionEvent.ApprovalRefused("no"),
        new ExecutionEvent.ApprovalExpired(), new ExecutionEvent.GlassBroken("nobody answers"), new ExecutionEvent.Resolved(true, "seen"),
        new ExecutionEvent.LeaseExtended(Runs.At, "busy", true), new ExecutionEvent.RevertBegun("p-1-r1", null), new ExecutionEvent.RevertFailed("no", Runs.At),
        new ExecutionEvent.LeaseEnded("turned back"), new ExecutionEvent.StopAsked("enough"), new ExecutionEvent.Stopped("the target is away"));

    [Theory]
    [MemberData(nameof(Facts))]
    public void Fact_comes_back_as_it_was_written(ExecutionEvent fact) => Assert.Equal(fact, Ledger.ReadExecution(Entry(Ledger.Write(fact, Runs.Sam))));

    [Fact]
    public void Preview_comes_back_whole()
    {
        var preview = Runs.Preview with
        {
            Guards = [GuardVerdict.Cost("A symptom is present", "blind")],
            Evidence = [new Evidence("Lag", "5 s", "> 2 s", Verdict.Holds)],
            Diff = [new DiffLine('+', "replicas: 8")],
        };

        var read = Assert.IsType<ExecutionEvent.Requested>(Ledger.ReadExecution(Entry(Ledger.Write(new ExecutionEvent.Requested(preview), Runs.Sam)))).Preview;

        Assert.Equal(preview.Guards.AsEnumerable(), read.Guards);
        Assert.Equal(preview.Evidence.AsEnumerable(), read.Evidence);
        Assert.Equal(preview.Diff.AsEnumerable(), read.Diff);
        Assert.Equal(preview with { Guards = read.Guards, Evidence = read.Evidence, Diff = read.Diff }, read);
    }

    [Fact]
    public void Figures_come_back_whole()
    {
        var figure = new Evidence("Lag", "5 s", "< 1 s", Verdict.DoesNotHold);

        Assert.Equal([figure], Assert.IsType<ExecutionEvent.Recovered>(
            Ledger.ReadExecution(Entry(Ledger.Write(new ExecutionEvent.Recovered([figure]), Runs.Sam)))).Figures.AsEnumerable());
    }

    [Fact]
    public void What_was_seen_and_who_was_paged_come_back_whole()
    {
        var look = new Outcome(OutcomeMoment.AfterFiveMinutes, [new Evidence("Lag", "5 s", "> 2 s", Verdict.Holds)], [new ObservedBurn("Availability", 14.5, true)], null);

        var seen = Assert.IsType<ExecutionEvent.Observed>(Ledger.ReadExecution(Entry(Ledger.Write(new ExecutionEvent.Observed(look), Runs.Sam)))).Outcome;
        var paged = Assert.IsType<ExecutionEvent.Paged>(Ledger.ReadExecution(Entry(Ledger.Write(new ExecutionEvent.Paged("glass", ["Ines"], null), Runs.Sam))));
        var asked = Assert.IsType<ExecutionEvent.Requested>(Ledger.ReadExecution(Entry(Ledger.Write(
            new ExecutionEvent.Requested(Runs.Preview, TimeSpan.FromHours(2), "p-0", look), Runs.Sam))));

        Assert.Equal((look.Moment, look.Symptoms[0], look.Burns[0], 1), (seen.Moment, seen.Symptoms[0], seen.Burns[0], seen.Present));
        Assert.Equal(["Ines"], paged.Reached.AsEnumerable());
        Assert.Equal((TimeSpan.FromHours(2), "p-0", OutcomeMoment.AfterFiveMinutes), (asked.Lease, asked.RevertOf, asked.Before!.Moment));
    }

    [Fact]
    public void Every_kind_of_fact_has_a_name()
    {
        var kinds = typeof(ExecutionEvent).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(ExecutionEvent))).ToList();

        Assert.Equal(kinds.Count, ((IEnumerable<object[]>)Facts).Select(fact => fact[0].GetType()).Distinct().Count() + 6);
    }

    [Theory]
    [InlineData("execution.invented", "{}")]
    [InlineData("execution.accepted", "[1]")]
    public void Entry_that_cannot_be_read_says_which(string type, string payload) => Assert.StartsWith(
        "Entry 1 ", Assert.Throws<FormatException>(() => Ledger.ReadExecution(Entry(new NewEvent(type, payload, Runs.Sam)))).Message, StringComparison.Ordinal);

    private static StoredEvent Entry(NewEvent fact) => new(1, new StreamId(Ledger.ExecutionKind, "p-1"), 1, fact.Type, fact.Payload, fact.Actor,
        Runs.At, null, LedgerHash.Genesis, LedgerHash.Genesis);
}
