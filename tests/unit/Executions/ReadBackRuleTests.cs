using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;

namespace Cockpit.Tests.Executions;

public sealed class ReadBackRuleTests
{
    private static readonly TargetState Before = Runs.Managers(4);

    [Fact]
    public void Change_turned_twice_is_itself_and_turned_once_goes_back()
    {
        var change = Runs.Preview.ToChange();

        Assert.Equal(change with { Fields = [new FieldChange("replicas", "8", "4")] }, change.Inverse());
        Assert.Equal(change, change.Inverse().Inverse());
        Assert.Equal(("4", "8"), (change.From("replicas"), change.To("replicas")));
    }

    [Theory]
    [InlineData(ReadBack.Value, true)]
    [InlineData(ReadBack.Mark, false)]
    [InlineData(ReadBack.Role, true)]
    [InlineData(ReadBack.None, false)]
    public void Value_or_role_that_came_to_be_tells_that_it_was_applied(ReadBack how, bool applied) =>
        Assert.Equal(applied, ReadBackRule.IsApplied(Unknown(how), Runs.Managers(8)));

    [Fact]
    public void Mark_tells_whose_change_it_was()
    {
        Assert.True(ReadBackRule.IsApplied(Unknown(ReadBack.Mark), Before with { Mark = "p-1" }));
        Assert.False(ReadBackRule.IsApplied(Unknown(ReadBack.Mark), Before with { Mark = "p-2" }));
        Assert.False(ReadBackRule.IsApplied(Unknown(ReadBack.Mark), Before with { Mark = "p-1", Uid = "uid-2" }));
    }

    [Fact]
    public void Object_that_is_gone_tells_that_it_was_deleted() =>
        Assert.Equal(new ExecutionEvent.ReadBack(true, "the object is gone"), Judge(ReadBack.UidGone, Before with { Uid = "" }));

    [Fact]
    public void What_is_not_read_back_is_never_told() => Assert.Null(Judge(ReadBack.None, Runs.Managers(8)));

    [Theory]
    [InlineData(ReadBack.Value, "the target still asks for 4 replicas; nothing was changed")]
    [InlineData(ReadBack.Mark, "the target does not carry the execution's mark; nothing was changed")]
    [InlineData(ReadBack.Role, "the target asks for 4 replicas as before; nothing was changed")]
    [InlineData(ReadBack.UidGone, "the object is still there; nothing was changed")]
    public void What_does_not_show_in_time_was_not_done(ReadBack how, string found)
    {
        Assert.Null(ReadBackRule.Judge(Unknown(how), Before, Runs.At.AddSeconds(2) + ReadBackRule.SettlesWithin - TimeSpan.FromTicks(1)));
        Assert.Equal(new ExecutionEvent.ReadBack(false, found), Judge(how, Before));
    }

    private static ExecutionEvent.ReadBack? Judge(ReadBack how, TargetState target) =>
        ReadBackRule.Judge(Unknown(how), target, Runs.At.AddSeconds(2) + ReadBackRule.SettlesWithin);

    private static Execution Unknown(ReadBack how)
    {
        var execution = Runs.Sent(new ExecutionEvent.OutcomeUnknown("lost"));
        return execution with { Preview = execution.Preview with { ReadBack = how } };
    }
}
