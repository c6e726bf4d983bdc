using Cockpit.Api;
using Cockpit.Live;
using Cockpit.Tests.Hubs;
using Cockpit.UseCases.Recording;

namespace Cockpit.Tests.Api;

public sealed class HealthTests
{
    private static readonly StorageAvailability Recording = new StorageAvailability.Available(Snapshots.Start);

    [Fact]
    public void Cockpit_that_has_assessed_and_can_record_is_ready() =>
        Assert.Empty(HealthEndpoints.NotReady(Snapshots.Of(1), Recording, Snapshots.Start));

    [Fact]
    public void Cockpit_is_not_ready_before_the_first_assessment_and_without_storage_and_names_both() =>
        Assert.Equal(
            ["The platform has not been assessed yet.", "Storage: The disk is full."],
            HealthEndpoints.NotReady(CockpitSnapshot.Nothing, new StorageAvailability.Unavailable("The disk is full.", Snapshots.Start), Snapshots.Start));

    [Fact]
    public void Cockpit_whose_assessment_stopped_is_not_ready() =>
        Assert.Equal(
            ["The last assessment is 11\u202Fs old."],
            HealthEndpoints.NotReady(Snapshots.Of(1), Recording, Snapshots.Start + TimeSpan.FromSeconds(11)));
}
