using Cockpit.UseCases.Recording;

namespace Cockpit.Tests.Storage;

/// <summary>Every way of changing what was recorded is found in the real database.</summary>
public abstract class AuditContract : StorageContract
{
    private static readonly StreamId Scaling = new("execution", "scale-out-1");

    [Theory]
    [InlineData("UPDATE ledger SET payload = '33' WHERE position = 3", 3)]
    [InlineData("UPDATE ledger SET payload = '3 ' WHERE position = 3", 3)]
    [InlineData("UPDATE ledger SET type = 'test.Noted' WHERE position = 3", 3)]
    [InlineData("UPDATE ledger SET actor_id = 'u-18' WHERE position = 3", 3)]
    [InlineData("UPDATE ledger SET actor_name = 'Somebody else' WHERE position = 3", 3)]
    [InlineData("UPDATE ledger SET actor_roles = 'admin,responder,viewer' WHERE position = 3", 3)]
    [InlineData("UPDATE ledger SET actor_roles = 'viewer,responder' WHERE position = 3", 3)]
    [InlineData("UPDATE ledger SET actor_roles = 'emperor' WHERE position = 3", 3)]
    [InlineData("UPDATE ledger SET actor_is_person = 0 WHERE position = 3", 3)]
    [InlineData("UPDATE ledger SET recorded_at_us = recorded_at_us + 1 WHERE position = 3", 3)]
    [InlineData("UPDATE ledger SET recorded_at_us = 9223372036854775807 WHERE position = 3", 3)]
    [InlineData("UPDATE ledger SET idempotency_key = 'press-1' WHERE position = 3", 3)]
    [InlineData("UPDATE ledger SET stream_id = 'scale-out-2' WHERE position = 3", 3)]
    [InlineData("UPDATE ledger SET stream_kind = 'Not A Kind' WHERE position = 3", 3)]
    [InlineData("UPDATE ledger SET version = 77 WHERE position = 3", 3)]
    [InlineData("UPDATE ledger SET hash = previous_hash WHERE position = 3", 3)]
    [InlineData("UPDATE ledger SET hash = 'none' WHERE position = 3", 3)]
    [InlineData("UPDATE ledger SET previous_hash = 'abababababababababababababababababababababababababababababababab' WHERE position = 3", 3)]
    [InlineData("UPDATE ledger SET payload = '11' WHERE position = 1", 1)]
    [InlineData("UPDATE ledger SET payload = '55' WHERE position = 5", 5)]
    [InlineData("UPDATE ledger SET payload = '22' WHERE position = 2; UPDATE ledger SET hash = 'none' WHERE position = 4", 2)]
    [InlineData("DELETE FROM ledger WHERE position = 3", 3)]
    [InlineData("DELETE FROM ledger WHERE position = 1", 1)]
    [InlineData("DELETE FROM ledger WHERE position = 3; UPDATE ledger SET position = position - 1 WHERE position = 4; UPDATE ledger SET position = position - 1 WHERE position = 5", 3)]
    [InlineData("UPDATE ledger SET position = 99 WHERE position = 3; UPDATE ledger SET position = 3 WHERE position = 4; UPDATE ledger SET position = 4 WHERE position = 99", 3)]
    public async Task Tampering_is_found_where_it_begins(string sql, long position)
    {
        var cockpit = await OpenWithFiveEntriesAsync();
        Assert.IsType<AuditVerdict.Intact>(await cockpit.VerifyAsync());

        await Rig.TamperAsync(sql);

        Assert.Equal(position, Assert.IsType<AuditVerdict.Broken>(await cockpit.VerifyAsync()).Position);
    }

    [Fact]
    public async Task Cutting_off_the_end_is_found_by_an_anchor_and_only_by_one()
    {
        var cockpit = await OpenWithFiveEntriesAsync();
        var anchor = await AnchorAsync(cockpit);

        await Rig.TamperAsync("DELETE FROM ledger WHERE position > 3");

        Assert.IsType<AuditVerdict.Intact>(await cockpit.VerifyAsync());
        Assert.Equal(new AuditVerdict.AnchorMismatch(anchor, null), await cockpit.VerifyAsync(anchor));
    }

    [Fact]
    public async Task Emptying_the_ledger_is_found_by_an_anchor()
    {
        var cockpit = await OpenWithFiveEntriesAsync();
        var anchor = await AnchorAsync(cockpit);

        await Rig.TamperAsync("DELETE FROM ledger");

        Assert.Equal(new AuditVerdict.AnchorMismatch(anchor, null), await cockpit.VerifyAsync(anchor));
    }

    [Fact]
    public async Task Writing_the_end_anew_with_a_proper_chain_is_found_by_an_anchor()
    {
        var cockpit = await OpenWithFiveEntriesAsync();
        var anchor = await AnchorAsync(cockpit);
        await Rig.TamperAsync("DELETE FROM ledger WHERE position > 3");
        await cockpit.AppendAsync(Scaling, 3, "40", "50", "60");
        var forged = await cockpit.ReadAllAsync();

        Assert.Equal(new AuditVerdict.Intact(6, new LedgerHead(6, forged[5].Hash), 0), await cockpit.VerifyAsync());
        Assert.Equal(new AuditVerdict.AnchorMismatch(anchor, forged[4].Hash), await cockpit.VerifyAsync(anchor));
    }

    [Fact]
    public async Task Anchors_of_an_untouched_ledger_agree_as_it_grows()
    {
        var cockpit = await OpenWithFiveEntriesAsync();
        var first = await AnchorAsync(cockpit);
        await cockpit.AppendAsync(Scaling, 5, "6");
        var second = await AnchorAsync(cockpit);

        Assert.Equal(new AuditVerdict.Intact(6, new LedgerHead(6, second.Hash), 2), await cockpit.VerifyAsync(second, first));
    }

    private async Task<StorageInstance> OpenWithFiveEntriesAsync()
    {
        var cockpit = Rig.Open();
        for (var i = 0; i < 5; i++) await cockpit.AppendAsync(Scaling, i, (i + 1).ToString());
        return cockpit;
    }

    private async Task<AuditAnchor> AnchorAsync(StorageInstance cockpit)
    {
        var head = await cockpit.Store.ReadHeadAsync(CancellationToken.None);
        return new AuditAnchor(head.Position, head.Hash, Rig.Clock.GetUtcNow());
    }
}
