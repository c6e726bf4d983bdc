using System.Collections.Immutable;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Maintenance;
using Cockpit.Tests.Objectives;
using Cockpit.Tests.Recording;
using Cockpit.UseCases.Auditing;
using Cockpit.UseCases.Maintaining;

namespace Cockpit.Tests.Maintaining;

public sealed class DeclareMaintenanceTests
{
    private static readonly Actor Responder = new("u-1", "Ines", [Role.Viewer, Role.Responder], true);
    private static readonly Actor Viewer = new("u-2", "Vera", [Role.Viewer], true);

    private readonly ObjectivesRig _rig = new();
    private readonly MemoryEventStore _store;
    private readonly DeclareMaintenanceHandler _handler;
    private int _applied;

    public DeclareMaintenanceTests()
    {
        _store = new MemoryEventStore(_rig.Clock);
        _handler = new DeclareMaintenanceHandler(_store, _rig.Maintenance, ObjectivesRig.Plan(0.999), _rig.Source);
    }

    private DateTimeOffset Now => _rig.Clock.GetUtcNow();

    [Fact]
    public async Task Outage_within_declared_maintenance_is_taken_out_and_stands_beside_the_raw_budget()
    {
        Assert.IsType<MaintenanceAnswer.Recorded>(await DeclareAsync("Upgrade", 49, 50));
        await _rig.ServeAsync(TimeSpan.FromMinutes(1), 100, 0);
        for (var hour = 0; hour < 49; hour++)
        {
            (_rig.Served, _rig.Succeeded) = (_rig.Served + 24_000, _rig.Succeeded + 24_000);
            _rig.Source.Say(ObjectivesRig.Good, ("a", _rig.Succeeded)).Say(ObjectivesRig.Total, ("a", _rig.Served));
            await _rig.RoundAsync(hour == 0 ? TimeSpan.FromMinutes(59) : TimeSpan.FromHours(1));
        }

        await _rig.ServeAsync(TimeSpan.FromHours(1), 100, 0.5);

        var shop = _rig.Shop.Assessment;
        Assert.True(shop.Raw.RemainingShare < 0, $"{shop.Raw.RemainingShare}");
        Assert.Equal((1.0, TimeSpan.FromHours(1)), (Math.Round(shop.Adjusted.RemainingShare, 6), shop.Adjusted.Excluded));
        Assert.Equal(["Upgrade"], shop.Exclusions.Select(exclusion => exclusion.Window.Title));
        Assert.True(_rig.Shop.IsFiring);
    }

    [Fact]
    public async Task Maintenance_ended_early_spares_only_the_time_it_took()
    {
        var id = Assert.IsType<MaintenanceAnswer.Recorded>(await DeclareAsync("Upgrade", 48, 50)).Id;
        _rig.Clock.Advance(TimeSpan.FromHours(48.5));

        Assert.IsType<MaintenanceAnswer.Recorded>(await FollowedAsync(_handler.CallOffAsync(id, "done early", Responder, default)));

        var exclusion = Assert.Single(ExclusionPolicy.Standard.Decide(_rig.Maintenance.Windows, "shop"));
        Assert.Equal(TimeSpan.FromMinutes(30), exclusion.Length);
        Assert.Equal(("Ines", "Ines", "done early"), (_rig.Maintenance.Planned[0].DeclaredBy, _rig.Maintenance.Planned[0].CalledOffBy, _rig.Maintenance.Planned[0].Reason));
    }

    [Theory]
    [InlineData(47, 48, "It starts in 47 h; 48 h are needed.")]
    [InlineData(49, 54, "60 min exceed the 4 h that {0:yyyy-MM} allows.")]
    public async Task What_budgets_would_not_be_spared_is_refused_with_the_reason(double from, double to, string reason)
    {
        var refused = Assert.IsType<MaintenanceAnswer.NotCovered>(await DeclareAsync("Upgrade", from, to));

        Assert.Equal([string.Format(System.Globalization.CultureInfo.InvariantCulture, reason, Now.AddHours(from))], refused.Forecast.Shortfalls.AsEnumerable());
        Assert.Empty(_store.Entries);
    }

    [Fact]
    public async Task Overlap_and_what_others_would_lose_are_named()
    {
        await DeclareAsync("First", 60, 64);

        var overlapping = Assert.IsType<MaintenanceAnswer.NotCovered>(await DeclareAsync("Second", 63, 64));
        var before = Assert.IsType<MaintenanceAnswer.NotCovered>(await DeclareAsync("Third", 50, 52));

        Assert.Equal(["60 min are already taken out by “First”."], overlapping.Forecast.Shortfalls.AsEnumerable());
        Assert.StartsWith("“First” on ", Assert.Single(before.Forecast.Shortfalls), StringComparison.Ordinal);
        Assert.EndsWith("would lose 120 min of what it was granted.", before.Forecast.Shortfalls[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Short_notice_may_be_declared_all_the_same_and_stays_in_the_budget()
    {
        Assert.IsType<MaintenanceAnswer.Recorded>(await DeclareAsync("Hotfix", 1, 2, evenIfNotCovered: true));

        var exclusion = Assert.Single(ExclusionPolicy.Standard.Decide(_rig.Maintenance.Windows, "shop"));
        Assert.Equal((TimeSpan.Zero, "It was declared 1 h ahead; 48 h are needed."), (exclusion.Length, exclusion.Shortfalls[0].Reason));
    }

    [Fact]
    public async Task Who_may_not_and_what_makes_no_sense_is_refused()
    {
        async Task<string> Why(MaintenanceRequest request, Actor? actor) => Assert.IsType<MaintenanceAnswer.Refused>(await _handler.DeclareAsync(request, actor, default)).Sentence;
        var good = new MaintenanceRequest("Upgrade", Now.AddHours(50), Now.AddHours(51), [], false);

        Assert.Equal("Sign in as a responder to declare maintenance.", await Why(good, Viewer));
        Assert.Equal("Sign in as a responder to declare maintenance.", await Why(good, null));
        Assert.Equal("Give it a title of at most 200 characters.", await Why(good with { Title = " " }, Responder));
        Assert.Equal("It must end after it starts.", await Why(good with { EndAt = good.StartAt }, Responder));
        Assert.Equal("It may last at most seven days.", await Why(good with { EndAt = good.StartAt.AddDays(8) }, Responder));
        Assert.Equal("It must start in the future; what has begun can no longer be planned.", await Why(good with { StartAt = Now.AddMinutes(-1) }, Responder));
        Assert.Equal("The catalog has no objective of a service nowhere.", await Why(good with { Services = ["nowhere"] }, Responder));
        Assert.Empty(_store.Entries);
    }

    [Fact]
    public async Task Calling_off_needs_a_responder_a_reason_and_something_to_call_off()
    {
        var id = Assert.IsType<MaintenanceAnswer.Recorded>(await DeclareAsync("Upgrade", 50, 51)).Id;
        async Task<string> Why(string which, string reason, Actor? actor) => Assert.IsType<MaintenanceAnswer.Refused>(await FollowedAsync(_handler.CallOffAsync(which, reason, actor, default))).Sentence;

        Assert.Equal("Sign in as a responder to call maintenance off.", await Why(id, "rain", Viewer));
        Assert.Equal("There is no maintenance of that id.", await Why("other", "rain", Responder));
        Assert.Equal("Say why, in at most 200 characters.", await Why(id, " ", Responder));
        await FollowedAsync(_handler.CallOffAsync(id, "rain", Responder, default));
        Assert.Equal("It was called off before.", await Why(id, "rain", Responder));
    }

    [Fact]
    public async Task Two_people_who_call_off_at_once_end_it_once()
    {
        var id = Assert.IsType<MaintenanceAnswer.Recorded>(await DeclareAsync("Upgrade", 50, 51)).Id;

        var first = await _handler.CallOffAsync(id, "rain", Responder, default);
        var second = await _handler.CallOffAsync(id, "snow", Responder, default);

        Assert.IsType<MaintenanceAnswer.Recorded>(first);
        Assert.Equal("Somebody else changed it at the same moment. Look again.", Assert.IsType<MaintenanceAnswer.Refused>(second).Sentence);
    }

    [Fact]
    public async Task Storage_that_is_away_records_nothing_and_says_so()
    {
        _store.IsDown = true;

        Assert.StartsWith("Not recorded: ", Assert.IsType<MaintenanceAnswer.Refused>(await DeclareAsync("Upgrade", 50, 51)).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Declaration_is_on_the_ledger_by_name_and_the_audit_reads_it_out()
    {
        await DeclareAsync("Upgrade", 50, 51);

        var entry = Assert.Single(_store.Entries);
        Assert.Equal(("maintenance.declared", "Ines"), (entry.Type, entry.Actor.Name));
        Assert.StartsWith("“Upgrade”, ", AuditTrail.Describe(entry), StringComparison.Ordinal);
    }

    private Task<MaintenanceAnswer> DeclareAsync(string title, double fromHours, double toHours, bool evenIfNotCovered = false) =>
        FollowedAsync(_handler.DeclareAsync(
            new MaintenanceRequest(title, Now.AddHours(fromHours), Now.AddHours(toHours), ImmutableArray<string>.Empty, evenIfNotCovered), Responder, default));

    private async Task<MaintenanceAnswer> FollowedAsync(Task<MaintenanceAnswer> answer)
    {
        var given = await answer;
        foreach (var entry in _store.Entries.Skip(_applied)) _rig.Maintenance.Apply(entry);
        _applied = _store.Entries.Length;
        return given;
    }
}
