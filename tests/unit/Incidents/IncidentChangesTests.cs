using System.Collections.Immutable;
using Cockpit.Components.Incidents;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Health;
using Cockpit.Domain.Incidents;
using Cockpit.Live;
using Cockpit.Storage;
using Cockpit.Tests.Health;
using Cockpit.UseCases.Incidents;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cockpit.Tests.Incidents;

public sealed class IncidentChangesTests
{
    private static readonly PlatformModel Model = new(PlatformFacts.Reference, [], []);

    [Fact]
    public async Task What_changes_during_an_incident_stands_in_it_once_and_survives_a_restart()
    {
        var night = await Night.BeginAsync();
        await night.TellAsync(Night.Alert(service: "api"));
        var start = night.Clock.GetUtcNow();
        ImmutableArray<Change> changes =
        [
            new(start.AddMinutes(3), "api", "image 1.4 → 1.5"), new(start.AddMinutes(2), "cards", "“A person's answer” changed"), new(start.AddMinutes(-1), "redis", "restarted"),
        ];
        night.Clock.Advance(TimeSpan.FromMinutes(4));
        for (var look = 0; look < 3; look++)
        {
            Publish(night, changes);
            using (var writer = Writer(night)) await writer.LookAsync(CancellationToken.None);
            night = await night.RestartAsync();
        }

        Assert.Equal([new RelatedChange(start.AddMinutes(3), "api", "image 1.4 → 1.5", Related: true)], night.Only.ChangedMeanwhile.AsEnumerable());
        Assert.Single(IncidentText.Whole(night.Only, [], changes), entry => entry is { Kind: TimelineKind.Change, Text: "api image 1.4 → 1.5" });
        Assert.Contains("api image 1.4 → 1.5", IncidentReview.Draft(night.Only, []));
        await night.DisposeAsync();
    }

    [Fact]
    public async Task What_changed_shortly_before_comes_related_first_then_the_latest_first()
    {
        await using var night = await Night.BeginAsync();
        var start = night.Clock.GetUtcNow();
        Publish(night,
        [
            new(start.AddMinutes(-1), "redis", "restarted"), new(start.AddMinutes(-50), "api", "image 1.4 → 1.5"), new(start.AddMinutes(-20), "api", "replicas 4 → 2"),
            new(start.AddHours(-3), "api", "too long ago"),
        ]);

        await night.TellAsync(Night.Alert(service: "api"));

        Assert.Equal(["api replicas 4 → 2", "api image 1.4 → 1.5", "redis restarted"], night.Only.Changes.Select(change => $"{change.Subject} {change.What}"));
    }

    private static void Publish(Night night, ImmutableArray<Change> changes) => night.Feed.Publish(new CockpitSnapshot(
        night.Feed.Current.Number + 1, PlatformHealth.Next(null, Platform.NothingConfigured, Model, ImmutableDictionary<string, HumanAnswer>.Empty, [], night.Clock.GetUtcNow()) with { Changes = changes },
        [], null));

    private static IncidentChanges Writer(Night night) =>
        new(new SoleLeadership(), night.Book, night.Surroundings, night.Store, night.Clock, NullLogger<IncidentChanges>.Instance);
}
