using System.Collections.Immutable;
using Cockpit.Domain.Alerts;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.Objectives;

/// <summary>Where the past comes from: storage, else the source itself, else, for a simulated source, imagination that says so.</summary>
internal sealed partial class PastKeeper(
    ObjectivesBoard board, ISliSource source, ISliArchive archive, PastFetcher fetcher, TimeProvider clock, ILogger<PastKeeper> logger,
    ISimulatedPast? simulated = null)
{
    public static readonly TimeSpan Reach = TimeSpan.FromDays(30);

    /// <summary>How long a simulated source has been counting when it is first asked.</summary>
    public static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(2);

    /// <summary>A stored series that stands this far ahead of the source's clock belongs to a faster run of the simulation.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(2);

    /// <summary>A counter that has not been counted for so long is filled in; shorter pauses lie within a bucket.</summary>
    private static readonly TimeSpan NotablePause = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LastSaveAtMost = TimeSpan.FromSeconds(5);
    private const int Shares = 5;

    /// <summary>Failures in a row after which the source counts as away.</summary>
    private const int AwayAfter = 3;

    private static readonly TimeSpan FirstFetchAgain = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LastFetchAgain = TimeSpan.FromHours(1);

    private readonly DateTimeOffset _startedAt = source.Now;
    private ImmutableArray<string> _toFetch = [];
    private Dictionary<string, DateTimeOffset> _pauses = new(StringComparer.Ordinal);
    private bool _loaded;
    private bool _begun;
    private long? _loadFailedAt;
    private int _share;
    private TimeSpan _fetchAgainAfter;
    private long _triedAt;

    /// <summary>True while the source has a past that nobody has fetched yet and it is time to ask for it.</summary>
    public bool WantsBackfill => !_toFetch.IsEmpty && clock.GetElapsedTime(_triedAt) >= _fetchAgainAfter;

    /// <summary>Lays the past under the first round. Storage that is away is asked again; meanwhile counting goes on.</summary>
    public async Task BeginAsync(SliRound round, CancellationToken cancellationToken)
    {
        if (!_loaded) await LoadAsync(round, cancellationToken);
        if (_begun) return;
        _begun = true;
        if (simulated is not null) Imagine(round, simulated);
        else Count([.. board.Meters.Values.Where(meter => meter.IsEmpty && meter.Facts.UnmeasurableBecause is null).Select(meter => meter.Facts.Key)]);
    }

    /// <summary>Fetches what is missing. What could not be had is asked for again after a while: a source may be away at the start.</summary>
    public async Task BackfillAsync(CancellationToken cancellationToken)
    {
        var keys = _toFetch;
        _toFetch = [];
        board.History = board.History with { Backfilling = true };
        var (left, why, inARow) = (new List<string>(), (string?)null, 0);
        foreach (var key in keys)
        {
            if (inARow >= AwayAfter)
            {
                left.Add(key);
                continue;
            }

            var failure = await FetchAsync(board.Meters[key], cancellationToken);
            if (cancellationToken.IsCancellationRequested) return;
            inARow = failure is null ? 0 : inARow + 1;
            if (failure is not null) left.Add(key);
            why ??= failure;
            board.History = board.History with { Filled = board.History.Filled + (failure is null ? 1 : 0), Failure = why };
        }

        if (left.Count == 0 && board.UsersQuery is { } query && board.Users.IsEmpty) await fetcher.FetchUsersAsync(query, board.Users, cancellationToken);
        (_toFetch, _triedAt) = ([.. left], clock.GetTimestamp());
        _fetchAgainAfter = left.Count == 0 ? TimeSpan.Zero : _fetchAgainAfter == TimeSpan.Zero ? FirstFetchAgain : Shorter(_fetchAgainAfter * 2, LastFetchAgain);
        board.History = board.History with { Backfilling = false, Failure = why };
        Backfilled(logger, keys.Length, left.Count);
    }

    private async Task<string?> FetchAsync(ObjectiveMeter meter, CancellationToken cancellationToken)
    {
        try
        {
            return await fetcher.FetchAsync(meter, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return "it was interrupted";
        }
        catch (Exception exception)
        {
            BackfillFailed(logger, exception, meter.Facts.Key);
            return $"the past of {meter.Facts.Title} could not be read";
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <summary>Stores a fifth of the objectives: a crash costs at most five minutes of a series, and its counters then make up for them.</summary>
    public async Task SaveSomeAsync(CancellationToken cancellationToken)
    {
        if (!_loaded) return;
        var share = _share++ % Shares;
        await SaveAsync([.. board.Meters.Values.Where((_, index) => index % Shares == share)], cancellationToken);
    }

    /// <summary>Stores everything, within a few seconds: the process is ending.</summary>
    public async Task SaveAllAsync()
    {
        if (!_loaded) return;
        using var deadline = new CancellationTokenSource(LastSaveAtMost, clock);
        await SaveAsync([.. board.Meters.Values], deadline.Token);
    }

    private async Task SaveAsync(IReadOnlyCollection<ObjectiveMeter> meters, CancellationToken cancellationToken)
    {
        try
        {
            var series = meters.Where(meter => !meter.IsEmpty).Select(meter => meter.Save()).ToList();
            await archive.SaveAsync(series, Notes().Write(), clock.GetUtcNow(), cancellationToken);
        }
        catch (StorageUnavailableException unavailable)
        {
            NotSaved(logger, unavailable.Message);
        }
        catch (OperationCanceledException)
        {
            NotSaved(logger, "it took too long");
        }
    }

    private async Task LoadAsync(SliRound round, CancellationToken cancellationToken)
    {
        if (_loadFailedAt is { } failedAt && clock.GetElapsedTime(failedAt) < RetryAfter) return;
        try
        {
            var contents = await archive.LoadAsync(cancellationToken);
            Restore(contents, round.At);
            _loaded = true;
        }
        catch (StorageUnavailableException unavailable)
        {
            _loadFailedAt = clock.GetTimestamp();
            NotLoaded(logger, unavailable.Message);
            board.History = board.History with { Failure = "the history could not be read from storage" };
        }
    }

    private void Restore(SliArchiveContents contents, DateTimeOffset now)
    {
        if (source.IsSimulated && contents.Series.Any(series => series.TakenAt > now + Ahead)) return;
        var notes = RuntimeNotes.Read(contents.Notes);
        foreach (var archived in contents.Series)
        {
            if (!board.Meters.TryGetValue(archived.Key, out var meter)) continue;
            try
            {
                meter.Restore(archived, archived.TakenAt > now ? archived.TakenAt : now, keepCounters: !source.IsSimulated);
                meter.Remember([.. notes.Burns.Where(burn => burn.Key == archived.Key)]);
            }
            catch (InvalidDataException damaged)
            {
                Damaged(logger, damaged, archived.Key);
            }
        }

        board.Alerts.Remember(notes.Alerts);
        board.Users.Remember(notes.Users);
        board.History = board.History with { SimulatedUntil = notes.SimulatedUntil, Failure = null };
        _pauses = contents.Series.ToDictionary(series => series.Key, series => series.TakenAt, StringComparer.Ordinal);
    }

    private void Imagine(SliRound round, ISimulatedPast imagination)
    {
        // A month of 57 objectives is half a million samples: on every core, so that a first start is not kept waiting.
        var imagined = board.Meters.Values
            .Where(meter => meter.Facts.UnmeasurableBecause is null && IsMeasured(meter, round))
            .AsParallel().Count(meter => Imagine(meter, round, imagination)) > 0;
        if (imagined) board.History = board.History with { SimulatedUntil = _startedAt };
        if (!board.Users.IsEmpty || board.UsersQuery is null || SliAnswers.Figure(round[board.UsersQuery]).Value is not { } users) return;
        for (var hours = 24 * 7; hours > 0; hours--)
        {
            var at = round.At.AddHours(-hours);
            board.Users.Learn(at, imagination.UsersAt(at, users, round.At));
        }
    }

    private bool Imagine(ObjectiveMeter meter, SliRound round, ISimulatedPast imagination)
    {
        var paused = _pauses.TryGetValue(meter.Facts.Key, out var stoppedAt) && !meter.IsEmpty;
        var from = paused ? stoppedAt : round.At - Reach;
        if (paused && round.At - from < NotablePause) return false;
        var everyday = ObjectiveMeter.Everyday(meter, round, WarmUp);
        var begin = from < round.At - Reach ? round.At - Reach : from;
        meter.FillSimulated(imagination.Of(meter.Facts, everyday, begin, round.At, withIncidents: !paused), begin, round.At);
        return true;
    }

    /// <summary>What the simulation does not measure gets no made-up past either: its page says unknown.</summary>
    private static bool IsMeasured(ObjectiveMeter meter, SliRound round) =>
        meter.Facts.Indicator is Domain.Slo.Indicator.EventRatio
            ? SliAnswers.Pair(round[meter.Queries.Part], round[meter.Queries.Total!]).Gap is null
            : round[meter.Queries.Part] is SliAnswer.Figures { Elements.Length: 1 } || meter.Queries.Part.Contains("rate(", StringComparison.Ordinal);

    private void Count(ImmutableArray<string> keys)
    {
        _toFetch = keys;
        if (!keys.IsEmpty) board.History = board.History with { Backfilling = true, ToFill = keys.Length };
    }

    private RuntimeNotes Notes() => new(
        board.History.SimulatedUntil,
        [
            .. board.Current.Objectives.SelectMany(objective => objective.Assessment.Burns
                .Where(burn => burn.Progress.Phase != AlertPhase.Inactive)
                .Select(burn => new RememberedBurn(objective.Key, burn.Tier.LongWindow, burn.Progress))),
        ],
        board.Alerts.Remembered, board.Users.Remembered);

    [LoggerMessage(1, LogLevel.Warning, "The history of objectives was not stored: {Why}")]
    private static partial void NotSaved(ILogger logger, string why);

    [LoggerMessage(2, LogLevel.Warning, "The history of objectives could not be read: {Why}")]
    private static partial void NotLoaded(ILogger logger, string why);

    [LoggerMessage(3, LogLevel.Error, "The stored history of {Objective} is damaged; it begins anew")]
    private static partial void Damaged(ILogger logger, Exception exception, string objective);

    [LoggerMessage(4, LogLevel.Error, "The past of {Objective} could not be fetched")]
    private static partial void BackfillFailed(ILogger logger, Exception exception, string objective);

    [LoggerMessage(5, LogLevel.Information, "The past of {Objectives} objectives was fetched, {Failed} of them not or not wholly")]
    private static partial void Backfilled(ILogger logger, int objectives, int failed);
}
