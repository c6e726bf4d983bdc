using System.Collections.Immutable;

namespace Cockpit.Domain.Incidents;

/// <summary>How alerts that joined are told: few by name, many as a number.</summary>
public static class AlertText
{
    private const int NamedOneByOne = 3;

    /// <summary>Sentences without their full stops.</summary>
    /// <param name="began">Alerts that began.</param>
    /// <param name="ended">Names of alerts that ended.</param>
    public static IEnumerable<string> Joined(ImmutableArray<AlertSighting> began, ImmutableArray<string> ended)
    {
        if (began.Length > NamedOneByOne)
            yield return FormattableString.Invariant($"{began.Length} alerts joined, of {began.Select(alert => alert.Name).Distinct().Count()} rules: {Names(began)}");
        else if (began.Length > 0)
            yield return string.Join("; ", began.Select(alert => $"Alert {alert.Name}: {alert.Summary}"));
        foreach (var problem in began.Select(sighting => sighting.Problem).OfType<string>().Distinct().Take(NamedOneByOne))
            yield return $"Not all of it could be understood: {problem}";
        if (ended.Length > 0)
            yield return ended.Length > NamedOneByOne ? FormattableString.Invariant($"{ended.Length} alerts ended") : $"Ended: {string.Join(", ", ended)}";
    }

    private static string Names(IEnumerable<AlertSighting> sightings)
    {
        var names = sightings.Select(alert => alert.Name).Distinct().ToList();
        return names.Count <= NamedOneByOne ? string.Join(", ", names) : $"{string.Join(", ", names.Take(NamedOneByOne))} and {names.Count - NamedOneByOne} more";
    }
}
