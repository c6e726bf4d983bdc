using Cockpit.Domain.Health;
using Cockpit.Live;
using Cockpit.UseCases.Recording;

namespace Cockpit.Api;

/// <summary>
/// Two questions of whoever runs the process. <c>/healthz</c>: is it alive; a no means restart. <c>/readyz</c>: may traffic come; a no
/// names the reason, and a restart would not help.
/// </summary>
internal static class HealthEndpoints
{
    /// <summary>After this long without an assessment, screens show a past that looks like the present.</summary>
    private static readonly TimeSpan AssessedWithin = TimeSpan.FromSeconds(10);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("").AllowAnonymous();
        group.MapGet("/healthz", () => Results.Text("alive\n"));
        group.MapGet("/readyz", (SnapshotFeed feed, IStorageHealth storage, TimeProvider clock) =>
            NotReady(feed.Current, storage.Current, clock.GetUtcNow()) is { Count: > 0 } reasons
                ? Results.Text(string.Concat(reasons.Select(reason => reason + "\n")), statusCode: StatusCodes.Status503ServiceUnavailable)
                : Results.Text("ready\n"));
    }

    /// <summary>Why traffic should not come, a sentence each; empty when it may.</summary>
    internal static IReadOnlyList<string> NotReady(CockpitSnapshot snapshot, StorageAvailability storage, DateTimeOffset now)
    {
        var reasons = new List<string>();
        if (snapshot.Health is not { } health) reasons.Add("The platform has not been assessed yet.");
        else if (now - health.At > AssessedWithin) reasons.Add($"The last assessment is {FigureText.Duration(now - health.At)} old.");
        if (storage is StorageAvailability.Unavailable away) reasons.Add($"Storage: {away.Reason}");
        return reasons;
    }
}
