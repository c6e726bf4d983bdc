using Cockpit.Domain.Slo;
using Cockpit.Storage;
using Cockpit.Tests.Objectives;
using Cockpit.UseCases.Objectives;
using Cockpit.UseCases.Recording;

namespace Cockpit.Tests.Storage;

public abstract class SliArchiveContract : StorageContract
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Empty_archive_holds_nothing()
    {
        var contents = await Archive().LoadAsync(default);

        Assert.Empty(contents.Series);
        Assert.Null(contents.Notes);
    }

    [Fact]
    public async Task Series_counters_and_notes_come_back_as_they_were_in_another_instance()
    {
        ArchivedSeries[] kept = [Of("a", Noon, [0, 1, 255, 0]), Of("trading~2", Noon.AddTicks(10), [.. Enumerable.Range(0, 100_000).Select(at => (byte)at)], """[{"Instance":"\u00e9 'x' \"y\""}]""")];

        await Archive().SaveAsync(kept, """{"a":"\u2028"}""", Noon, default);

        var contents = await Archive().LoadAsync(default);
        Assert.Equal(kept.Select(Text), contents.Series.Select(Text));
        Assert.Equal("""{"a":"\u2028"}""", contents.Notes);
    }

    [Fact]
    public async Task Older_series_never_replaces_a_newer_one_whoever_writes_last()
    {
        await Archive().SaveAsync([Of("a", Noon, [2])], "new", Noon, default);

        await Archive().SaveAsync([Of("a", Noon.AddSeconds(-1), [1]), Of("b", Noon.AddSeconds(-1), [3])], null, Noon.AddSeconds(1), default);

        var contents = await Archive().LoadAsync(default);
        Assert.Equal([Text(Of("a", Noon, [2])), Text(Of("b", Noon.AddSeconds(-1), [3]))], contents.Series.Select(Text));
        Assert.Equal("new", contents.Notes);
    }

    [Fact]
    public async Task Instances_that_save_at_once_leave_the_newest_of_each()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() => Archive().SaveAsync(
            [Of("a", Noon.AddSeconds(number), [(byte)number]), Of("b", Noon.AddSeconds(-number), [(byte)number])], null, Noon, default))));

        Assert.Equal([Text(Of("a", Noon.AddSeconds(7), [7])), Text(Of("b", Noon, [0]))], (await Archive().LoadAsync(default)).Series.Select(Text));
    }

    [Fact]
    public async Task Save_that_is_cancelled_keeps_nothing_of_it()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Archive().SaveAsync([Of("a", Noon, [1])], null, Noon, cancelled.Token));

        Assert.Empty((await Archive().LoadAsync(default)).Series);
    }

    [Fact]
    public async Task Missing_table_is_storage_that_is_unavailable()
    {
        var archive = Archive();
        await archive.LoadAsync(default);
        await Rig.ExecuteAsync("DROP TABLE objective_series");

        await Assert.ThrowsAsync<StorageUnavailableException>(() => archive.LoadAsync(default));
    }

    [Fact]
    public async Task Objectives_go_on_after_a_restart_with_the_same_budget_the_same_alert_and_what_happened_meanwhile()
    {
        var before = new ObjectivesRig(archive: Archive());
        await before.ServeAsync(TimeSpan.FromMinutes(30), 100, 0.5);
        await before.Past.SaveAllAsync();
        before.Clock.Advance(TimeSpan.FromMinutes(10));

        var after = new ObjectivesRig(before.Clock, Archive());
        after.Source.Say(ObjectivesRig.Good, ("a", before.Succeeded + 400)).Say(ObjectivesRig.Total, ("a", before.Served + 400));
        await after.RoundAsync();

        Assert.Equal(before.Shop.Assessment.Raw.Counted + Tally.Of(400, 400), after.Shop.Assessment.Raw.Counted);
        Assert.Equal(before.Shop.Assessment.FirstSampleAt, after.Shop.Assessment.FirstSampleAt);
        Assert.Equal(before.Board.Current.Alerts[0].Since, after.Board.Current.Alerts[0].Since);
    }

    private SqlSliArchive Archive() => new(Rig.Open().Database);

    private static ArchivedSeries Of(string key, DateTimeOffset at, byte[] series, string counters = "[]") => new(key, at, series, counters);

    private static (string, DateTimeOffset, string, string) Text(ArchivedSeries series) => (series.Key, series.TakenAt, Convert.ToHexString(series.Series), series.Counters);
}
