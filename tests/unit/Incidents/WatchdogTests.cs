using Cockpit.Domain.Incidents;
using Cockpit.Storage;
using Cockpit.UseCases.Incidents;
using Cockpit.UseCases.Notifying;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cockpit.Tests.Incidents;

/// <summary>Silence where there must be noise.</summary>
public sealed class WatchdogTests
{
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Watchdog_that_arrives_is_no_incident_and_its_silence_is_one_until_it_comes_back()
    {
        await using var night = await Night.BeginAsync();
        await night.Intake.StartAsync(CancellationToken.None);
        using var watch = Open(night);
        var beat = new AlertBatch("Alertmanager", "w", [Night.Alert("Watchdog")], 0);

        Assert.Empty((await watch.SeenAsync(beat, CancellationToken.None)).Alerts);
        await night.CatchUpAsync();
        await watch.LookAsync(CancellationToken.None);
        Assert.Empty(night.Book.Recent);

        night.Clock.Advance(Silence - TimeSpan.FromSeconds(1));
        await watch.LookAsync(CancellationToken.None);
        Assert.Empty(night.Book.Recent);
        night.Clock.Advance(TimeSpan.FromSeconds(1));
        await watch.LookAsync(CancellationToken.None);
        Assert.Equal((IncidentState.Triggered, Domain.Alerts.Severity.P1), (night.Only.State, night.Only.Severity));

        await watch.SeenAsync(beat, CancellationToken.None);
        await night.CatchUpAsync();
        await watch.LookAsync(CancellationToken.None);
        Assert.Equal(IncidentState.Resolved, night.Only.State);
        await night.Intake.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Arrival_each_minute_is_recorded_each_fifth_of_the_silence()
    {
        await using var night = await Night.BeginAsync();
        using var watch = Open(night);
        for (var minute = 0; minute < 20; minute++)
        {
            await watch.SeenAsync(new AlertBatch("Alertmanager", "w", [Night.Alert("Watchdog")], 0), CancellationToken.None);
            await night.CatchUpAsync();
            night.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(10, night.Store.Entries.Length);
    }

    [Fact]
    public async Task Restart_during_silence_does_not_call_the_silence_over()
    {
        var night = await Night.BeginAsync();
        await night.TellAsync(Night.Alert());
        await night.Intake.StartAsync(CancellationToken.None);
        using (var watch = Open(night))
        {
            await watch.LookAsync(CancellationToken.None);
            night.Clock.Advance(Silence);
            await watch.LookAsync(CancellationToken.None);
        }

        await night.Intake.StopAsync(CancellationToken.None);
        night = await night.RestartAsync();
        await night.Intake.StartAsync(CancellationToken.None);
        using var after = Open(night);
        await after.LookAsync(CancellationToken.None);

        Assert.Equal(2, night.Book.Open.Count());
        await night.Intake.StopAsync(CancellationToken.None);
        await night.DisposeAsync();
    }

    [Theory]
    [InlineData(1, 9)]
    [InlineData(8, 5)]
    [InlineData(60, 5)]
    public async Task Restart_keeps_the_deadline_as_far_as_it_can_be_known(int awayMinutes, int silentAfterMinutes)
    {
        var night = await Night.BeginAsync();
        using (var watch = Open(night)) await watch.SeenAsync(new AlertBatch("Alertmanager", "w", [Night.Alert("Watchdog")], 0), CancellationToken.None);
        night.Clock.Jump(TimeSpan.FromMinutes(awayMinutes));
        night = await night.RestartAsync();
        await night.Intake.StartAsync(CancellationToken.None);
        using var after = Open(night);

        night.Clock.Advance(TimeSpan.FromMinutes(silentAfterMinutes) - TimeSpan.FromSeconds(1));
        await after.LookAsync(CancellationToken.None);
        Assert.Empty(night.Book.Recent);
        night.Clock.Advance(TimeSpan.FromSeconds(1));
        await after.LookAsync(CancellationToken.None);

        Assert.Equal(IncidentState.Triggered, night.Only.State);
        await night.Intake.StopAsync(CancellationToken.None);
        await night.DisposeAsync();
    }

    [Fact]
    public async Task Arrivals_at_another_instance_are_no_silence_here()
    {
        await using var night = await Night.BeginAsync();
        await using var other = await night.BesideAsync();
        await night.Intake.StartAsync(CancellationToken.None);
        using var leading = Open(night);
        using var receiving = Open(other);

        for (var minute = 0; minute < 30; minute++)
        {
            await receiving.SeenAsync(new AlertBatch("Alertmanager", "w", [Night.Alert("Watchdog")], 0), CancellationToken.None);
            await night.CatchUpAsync();
            await other.CatchUpAsync();
            night.Clock.Advance(TimeSpan.FromMinutes(1));
            await leading.LookAsync(CancellationToken.None);
        }

        Assert.DoesNotContain(night.Book.Recent, incident => incident.IsOpen);
        await night.Intake.StopAsync(CancellationToken.None);
    }

    private static AlertmanagerWatch Open(Night night) => new(
        new WatchdogRule("Watchdog", Silence), night.Watchdog, night.Intake, new SoleLeadership(), night.Store, night.Clock, NullLogger<AlertmanagerWatch>.Instance);
}
