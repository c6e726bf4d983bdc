using System.Collections.Immutable;
using Cockpit.Live;
using Microsoft.AspNetCore.Components;

namespace Cockpit.Components.Slo;

/// <summary>All objectives, those that need a look first.</summary>
public sealed partial class SloListPage
{
    private SloFilter _filter = new(null, null, null);
    private string _lead = "";
    private string? _detail;
    private ImmutableArray<SloSection> _sections = [];
    private ImmutableArray<(string Id, string Title)> _services = [];
    private ImmutableArray<string> _owners = [];

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromQuery] private string? Service { get; set; }

    [SupplyParameterFromQuery] private string? Owner { get; set; }

    [SupplyParameterFromQuery] private string? Q { get; set; }

    [SupplyParameterFromQuery] private string? By { get; set; }

    protected override void OnParametersSet()
    {
        _filter = SloFilter.Of(Service, Owner, Q, By);
        OnSnapshot();
    }

    protected override bool IsWorthDrawing(CockpitSnapshot next) => !ReferenceEquals(next.Objectives, Snapshot.Objectives);

    protected override void OnSnapshot()
    {
        var state = Snapshot.Objectives;
        _lead = SloListText.Lead(state);
        _detail = SloListText.Detail(state);
        _services = [.. state.Objectives.Select(each => (each.Facts.Slo.Service, each.Facts.ServiceTitle)).Distinct().OrderBy(each => each.ServiceTitle, StringComparer.Ordinal)];
        _owners = [.. state.Objectives.Select(each => each.Facts.Slo.Owner).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        _sections = SloSection.Arrange(state.Objectives.Where(each => _filter.Matches(each.Facts)).Select(each => SloRow.Of(each, state)), _filter.ByKind);
    }

    private static string? Text(ChangeEventArgs change) => change.Value as string;

    private void Apply() => Apply(_filter);

    private void Apply(SloFilter filter) =>
        Navigation.NavigateTo(SloFilter.Of(filter.Service, filter.Owner, filter.Text, filter.ByKind ? SloFilter.Kind : null).Address, replace: true);
}
