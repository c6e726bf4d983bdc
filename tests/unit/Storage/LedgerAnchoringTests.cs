using Cockpit.Storage;
using Cockpit.UseCases.Recording;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Cockpit.Tests.Storage;

public sealed class LedgerAnchoringTests : IAsyncLifetime
{
    private static readonly StreamId Scaling = new("execution", "scale-out-1");

    private readonly SqliteRig _rig = new();
    private readonly MemorySink _sink = new();

    private string AnchorPath => Path.Combine(_rig.Directory, "anchors.jsonl");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task Head_is_anchored_when_it_has_moved_and_only_then()
    {
        var cockpit = _rig.Open();
        using var anchoring = CreateAnchoring(cockpit);

        Assert.Null(await anchoring.AnchorAsync(CancellationToken.None));
        await cockpit.AppendAsync(Scaling, 0, "1", "2");
        var first = await anchoring.AnchorAsync(CancellationToken.None);
        var same = await anchoring.AnchorAsync(CancellationToken.None);
        await cockpit.AppendAsync(Scaling, 2, "3");
        var second = await anchoring.AnchorAsync(CancellationToken.None);

        Assert.Equal(first, same);
        Assert.Equal([first!, second!], _sink.Anchors);
        Assert.IsType<AuditVerdict.Intact>(await cockpit.VerifyAsync([.. _sink.Anchors]));
    }

    [Fact]
    public async Task Ledger_rewritten_below_an_anchor_is_not_anchored_again()
    {
        var cockpit = _rig.Open();
        using var anchoring = CreateAnchoring(cockpit);
        await cockpit.AppendAsync(Scaling, 0, "1", "2");
        var before = await anchoring.AnchorAsync(CancellationToken.None);
        await _rig.TamperAsync("DELETE FROM ledger WHERE position = 2");
        await cockpit.AppendAsync(Scaling, 1, "20", "30");

        Assert.Equal(before, await anchoring.AnchorAsync(CancellationToken.None));
        Assert.Equal([before!], _sink.Anchors);
    }

    [Fact]
    public async Task Service_anchors_at_start_at_each_interval_and_at_the_end()
    {
        var cockpit = _rig.Open();
        await cockpit.AppendAsync(Scaling, 0, "1");
        using var anchoring = CreateAnchoring(cockpit);

        await anchoring.StartAsync(CancellationToken.None);
        await _sink.ReachedAsync(1);
        await cockpit.AppendAsync(Scaling, 1, "2");
        _rig.Clock.Advance(new StorageOptions().AnchorEvery);
        await _sink.ReachedAsync(2);
        await cockpit.AppendAsync(Scaling, 2, "3");
        await anchoring.StopAsync(CancellationToken.None);

        Assert.Equal([1, 2, 3], _sink.Anchors.Select(anchor => anchor.Position));
    }

    [Fact]
    public async Task Anchor_file_is_read_back_around_a_line_that_a_crash_cut_short()
    {
        var cockpit = _rig.Open();
        await cockpit.AppendAsync(Scaling, 0, "1");
        var head = await cockpit.Store.ReadHeadAsync(CancellationToken.None);
        var first = new AuditAnchor(head.Position, head.Hash, _rig.Clock.GetUtcNow());
        var second = first with { Position = 2 };
        var sink = new FileAnchorSink(AnchorPath);

        await sink.WriteAsync(first, CancellationToken.None);
        await File.AppendAllTextAsync(AnchorPath, first.ToLine()[..30]);
        await sink.WriteAsync(second, CancellationToken.None);
        var file = await AnchorFile.ReadAsync(AnchorPath, CancellationToken.None);

        Assert.Equal([first, second], file.Anchors);
        Assert.Equal([2], file.UnreadableLines);
    }

    [Fact]
    public void Anchor_is_found_in_a_log_line()
    {
        var anchor = new AuditAnchor(12, LedgerHash.Genesis, _rig.Clock.GetUtcNow());

        Assert.Equal(anchor, AuditAnchor.FindIn($"info: Cockpit.Storage.LogAnchorSink[1] Ledger anchor {anchor.ToLine()} host=a"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"position\":12}")]
    [InlineData("{\"position\":0,\"hash\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"at\":\"2026-11-22T03:12:00Z\"}")]
    [InlineData("{\"position\":1,\"hash\":\"00\",\"at\":\"2026-11-22T03:12:00Z\"}")]
    [InlineData("{\"position\":1,\"hash\":\"0000000000000000000000000000000000000000000000000000000000000000\",\"at\":\"yesterday\"}")]
    [InlineData("{\"position\":\"one\"}")]
    public void Line_without_an_anchor_holds_none(string line) => Assert.Null(AuditAnchor.FindIn(line));

    private LedgerAnchoring CreateAnchoring(StorageInstance cockpit) => new(
        cockpit.Store, [_sink], Options.Create(new StorageOptions()), _rig.Clock, NullLogger<LedgerAnchoring>.Instance);

    private sealed class MemorySink : IAnchorSink
    {
        private readonly Lock _lock = new();
        private readonly List<AuditAnchor> _anchors = [];

        public IReadOnlyList<AuditAnchor> Anchors
        {
            get { lock (_lock) return [.. _anchors]; }
        }

        public Task WriteAsync(AuditAnchor anchor, CancellationToken cancellationToken)
        {
            lock (_lock) _anchors.Add(anchor);
            return Task.CompletedTask;
        }

        public async Task ReachedAsync(int count)
        {
            while (Anchors.Count < count) await Task.Yield();
        }
    }
}
