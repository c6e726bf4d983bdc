using System.CommandLine;
using System.Globalization;
using Cockpit.Catalog;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Health;
using Cockpit.Domain.OnCall;
using Cockpit.Storage;
using Cockpit.UseCases.OnCall;
using Cockpit.UseCases.Recording;
using Microsoft.Extensions.Options;

namespace Cockpit.Hosting;

/// <summary><c>on-call who</c>: who is on call and who would be woken, now or at any moment, also for one card.</summary>
internal static class OnCallCommands
{
    private const int Good = 0;
    private const int BadInput = 1;

    public static Command Create()
    {
        var at = new Option<string?>("--at") { Description = "The moment, such as 2026-11-22T03:12Z; default: now." };
        var card = new Option<string?>("--card") { Description = "A card: who its row of the escalation matrix wakes." };
        var catalog = new Option<string?>("--catalog") { Description = "A directory of catalog files; default: the catalog that comes with the cockpit." };
        var data = new Option<string?>("--data") { Description = "The embedded mode's storage, for overrides; without it the rotation alone counts." };
        var config = new Option<string?>("--config") { Description = "A configuration file that names the storage, for overrides." };
        var who = new Command("who", "Tell who is on call.") { at, card, catalog, data, config };
        who.SetAction((parsed, token) => WhoAsync(
            parsed.GetValue(at), parsed.GetValue(card), parsed.GetValue(catalog), parsed.GetValue(data), parsed.GetValue(config), Console.Out, Console.Error, TimeProvider.System, token));
        return new Command("on-call", "The rotation and the escalation.") { who };
    }

    internal static async Task<int> WhoAsync(
        string? at, string? card, string? directory, string? data, string? config, TextWriter output, TextWriter messages, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var instant = clock.GetUtcNow();
        if (at is not null && !DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant))
            return Bad(messages, $"'{at}' is no moment (accepted: an ISO 8601 instant such as 2026-11-22T03:12Z)");
        var load = CatalogLoader.Load(directory ?? Path.Combine(AppContext.BaseDirectory, "catalog"));
        foreach (var error in load.Errors) await messages.WriteLineAsync($"error: {error}");
        if (!load.IsValid) return BadInput;
        if (load.Catalog is not { OnCall: not null, Escalation: { } escalation } catalog) return Bad(messages, "the catalog has no on-call.yaml or no escalation.yaml");
        if (card is not null && catalog.Card(card) is null) return Bad(messages, $"there is no card '{card}' (accepted: {string.Join(", ", catalog.Cards.Select(each => each.Id))})");

        var book = new OnCallBook(catalog);
        if (data is not null || config is not null)
        {
            try
            {
                await ReplayAsync(book, data, config, cancellationToken);
            }
            catch (Exception unreadable) when (unreadable is StorageUnavailableException or OptionsValidationException or IOException or InvalidDataException)
            {
                return Bad(messages, unreadable.Message);
            }
        }

        Tell(output, book.Schedule, EscalationPolicy.For(escalation, card is null ? null : catalog.Card(card)!.EscalationScenario, Severity.P1), instant);
        return Good;
    }

    private static void Tell(TextWriter output, OnCallSchedule schedule, EscalationPolicy policy, DateTimeOffset at)
    {
        output.WriteLine($"At {at.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}:");
        foreach (var layer in schedule.Plan.Layers)
            output.WriteLine($"  {layer.Title}: {schedule.Find(schedule.On(layer.Id, at))?.Name ?? "nobody"}{(schedule.Overrides.LastOrDefault(each => each.Layer == layer.Id && each.Covers(at)) is { } standIn ? $" (stands in: {standIn.Reason})" : "")}");
        output.WriteLine("Silence wakes:");
        foreach (var step in policy.Steps)
            output.WriteLine($"  after {FigureText.Duration(step.After)}, {schedule.TitleOf(step.Role)}: {schedule.Behind(step.Role, at + step.After)?.Name ?? $"nobody, {schedule.EmptyBecause(step.Role, at + step.After)}"}");
        if (policy.Major is { } major) output.WriteLine($"  when major, {schedule.TitleOf(major.Role)}: {schedule.Behind(major.Role, at)?.Name ?? "nobody"}");
        output.WriteLine($"  in the end, every {FigureText.Duration(policy.Gap)}, {schedule.TitleOf(policy.LastResort)}: {schedule.Behind(policy.LastResort, at, beyondHours: true)?.Name ?? "nobody"}");
        output.WriteLine($"Next handoff: {schedule.NextHandoff(at).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}");
    }

    private static async Task ReplayAsync(OnCallBook book, string? data, string? config, CancellationToken cancellationToken)
    {
        var configuration = new ConfigurationBuilder();
        if (config is not null) configuration.AddJsonFile(Path.GetFullPath(config), optional: false);
        var overrides = new Dictionary<string, string?> { ["Storage:CreateIfMissing"] = "false" };
        if (data is not null) overrides["Storage:DataDirectory"] = data;
        configuration.AddEnvironmentVariables("COCKPIT_").AddInMemoryCollection(overrides);
        await using var services = new ServiceCollection().AddLogging().AddCockpitStorage(configuration.Build()).BuildServiceProvider();
        services.GetRequiredService<IStartupValidator>().Validate();
        await foreach (var entry in services.GetRequiredService<IEventStore>().ReadLedgerAsync(1, cancellationToken)) book.Apply(entry);
    }

    private static int Bad(TextWriter messages, string sentence)
    {
        messages.WriteLine(sentence);
        return BadInput;
    }
}
