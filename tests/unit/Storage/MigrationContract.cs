using Cockpit.Storage;
using Cockpit.UseCases.Recording;

namespace Cockpit.Tests.Storage;

public abstract class MigrationContract : StorageContract
{
    private static readonly Migration Boats = new(1, "0001_boats", "CREATE TABLE boats (name text NOT NULL);");
    private static readonly Migration Harbours = new(2, "0002_harbours", "CREATE TABLE harbours (name text NOT NULL);");

    [Fact]
    public async Task Instances_that_start_at_once_on_an_empty_database_all_start()
    {
        var cockpits = Enumerable.Range(0, 4).Select(_ => Rig.Open()).ToList();

        await Task.WhenAll(cockpits.Select(cockpit => Task.Run(() => cockpit.Database.PrepareAsync(CancellationToken.None))));

        Assert.All(cockpits, cockpit => Assert.IsType<StorageAvailability.Available>(cockpit.Health.Current));
    }

    [Fact]
    public async Task New_migration_is_applied_to_an_older_database()
    {
        await PrepareAsync(Boats);

        await PrepareAsync(Boats, Harbours);

        await Rig.ExecuteAsync("INSERT INTO harbours (name) VALUES ('Nes')");
    }

    [Fact]
    public async Task Database_of_a_newer_version_refuses_the_start()
    {
        await PrepareAsync(Boats, Harbours);

        var refused = await Assert.ThrowsAsync<MigrationRefusedException>(() => PrepareAsync(Boats));

        Assert.Equal(
            "The database holds migration 0002_harbours, which this version does not know (its newest is 0001_boats). "
            + "It was written by a newer Cockpit: start that version, or restore a backup from before the upgrade.",
            refused.Message);
    }

    [Fact]
    public async Task Changed_migration_refuses_the_start()
    {
        await PrepareAsync(Boats);

        var refused = await Assert.ThrowsAsync<MigrationRefusedException>(() => PrepareAsync(Boats with { Sql = Boats.Sql + " " }));

        Assert.StartsWith("Migration 0001_boats is not the one that was applied", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migration_with_other_line_ends_is_the_same()
    {
        var unix = Boats with { Sql = "CREATE TABLE boats (\nname text);" };
        await PrepareAsync(unix);

        await PrepareAsync(unix with { Sql = "CREATE TABLE boats (\r\nname text);" });

        Assert.Equal(unix.Checksum, new Migration(1, "0001_boats", "CREATE TABLE boats (\r\nname text);").Checksum);
    }

    [Fact]
    public async Task Migration_skipped_by_a_later_one_refuses_the_start()
    {
        await PrepareAsync(Harbours);

        var refused = await Assert.ThrowsAsync<MigrationRefusedException>(() => PrepareAsync(Boats, Harbours));

        Assert.Equal("Migration 0001_boats was never applied, but 0002_harbours after it was.", refused.Message);
    }

    [Fact]
    public async Task Migration_that_fails_leaves_nothing_of_those_before_it()
    {
        await Assert.ThrowsAsync<StorageUnavailableException>(() => PrepareAsync(Boats, Harbours with { Sql = "CREATE TABLE harbours (" }));

        await PrepareAsync(Boats, Harbours);
    }

    [Fact]
    public async Task Refused_schema_makes_storage_unavailable_with_the_reason()
    {
        await PrepareAsync(Boats);
        var cockpit = Rig.Open([]);

        var unavailable = await Assert.ThrowsAsync<StorageUnavailableException>(() => cockpit.Store.ReadHeadAsync(CancellationToken.None));

        Assert.Equal(new StorageAvailability.Unavailable(unavailable.Message, Rig.Clock.GetUtcNow()), cockpit.Health.Current);
        Assert.Contains("newer Cockpit", unavailable.Message, StringComparison.Ordinal);
    }

    private Task PrepareAsync(params Migration[] migrations) => Rig.Open(migrations).Database.PrepareAsync(CancellationToken.None);
}
