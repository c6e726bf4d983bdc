using System.Diagnostics;
using Cockpit.UseCases.Observing;

namespace Cockpit.Tests.Connectors.Faults;

/// <summary>The story that every connector must live through: a fault ends in a reason within the deadline, and the next read recovers.</summary>
internal static class FaultStory
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    /// <summary>Far beyond any deadline: only something that never ends takes this long.</summary>
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(30);

    /// <returns>The reason that was given.</returns>
    public static async Task<string> TellAsync<T>(FaultyServer server, Behaviour well, ISource<T> source)
    {
        var failure = await FailAsync(source);
        Assert.Equal(failure.Message, failure.Message.Trim());
        Assert.DoesNotContain('\n', failure.Message);
        Assert.DoesNotContain("Exception", failure.Message, StringComparison.Ordinal);
        Assert.InRange(failure.Message.Length, 10, 400);

        server.Behave = well;
        using var patience = new CancellationTokenSource(Forever, TimeProvider.System);
        await source.ReadAsync(patience.Token);
        return failure.Message;
    }

    private static async Task<SourceUnavailableException> FailAsync<T>(ISource<T> source)
    {
        using var deadline = new CancellationTokenSource(Deadline, TimeProvider.System);
        var startedAt = Stopwatch.GetTimestamp();
        var failure = await Assert.ThrowsAsync<SourceUnavailableException>(() => source.ReadAsync(deadline.Token).WaitAsync(Forever, TimeProvider.System));
        Assert.True(Stopwatch.GetElapsedTime(startedAt) < Forever / 2, "the deadline did not end the read");
        return failure;
    }
}
