using System.Collections.Immutable;
using Cockpit.Domain.Executions;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.Maintaining;

/// <summary>Records planned maintenance, and that it was called off or ended early.</summary>
/// <remarks>Any notice may be declared; what is excluded from budgets is decided later, by the notice that there was.</remarks>
public sealed class DeclareMaintenanceHandler(IEventStore store, MaintenanceBook book, TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>Records it.</summary>
    /// <param name="title">What a person calls it.</param>
    /// <param name="startAt">Its planned start; not in the past.</param>
    /// <param name="endAt">Its planned end, at most seven days later.</param>
    /// <param name="services">Ids of the services it touches; empty means all.</param>
    /// <param name="actor">Who declares it; needs the role of responder.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<MaintenanceAnswer> DeclareAsync(
        string title, DateTimeOffset startAt, DateTimeOffset endAt, ImmutableArray<string> services, Actor? actor, CancellationToken cancellationToken)
    {
        if (actor is null || !actor.May(Role.Responder)) return new MaintenanceAnswer.Refused("Sign in as a responder to declare maintenance.");
        if (string.IsNullOrWhiteSpace(title) || title.Length > 200) return new MaintenanceAnswer.Refused("Give it a title of at most 200 characters.");
        if (endAt <= startAt) return new MaintenanceAnswer.Refused("It must end after it starts.");
        if (endAt - startAt > Longest) return new MaintenanceAnswer.Refused("It may last at most seven days.");
        if (startAt < clock.GetUtcNow()) return new MaintenanceAnswer.Refused("It must start in the future; what has begun can no longer be planned.");

        var id = Guid.NewGuid().ToString("N")[..12];
        var fact = new MaintenanceBook.Declared(title.Trim(), startAt.ToUniversalTime(), endAt.ToUniversalTime(), services.IsDefault ? [] : services);
        return await RecordAsync(id, MaintenanceBook.DeclaredName, fact, 0, actor, cancellationToken);
    }

    /// <summary>Records that it does not take place, or has ended before its planned end.</summary>
    public async Task<MaintenanceAnswer> CallOffAsync(string id, string reason, Actor? actor, CancellationToken cancellationToken)
    {
        if (actor is null || !actor.May(Role.Responder)) return new MaintenanceAnswer.Refused("Sign in as a responder to call maintenance off.");
        if (book.Find(id) is not { } window) return new MaintenanceAnswer.Refused("There is no maintenance of that id.");
        if (window.CalledOffAt is not null) return new MaintenanceAnswer.Refused("It was called off before.");
        if (window.Declared.EndAt <= clock.GetUtcNow()) return new MaintenanceAnswer.Refused("It has ended as planned.");
        return await RecordAsync(id, MaintenanceBook.CalledOffName, new MaintenanceBook.CalledOff(reason), null, actor, cancellationToken);
    }

    private async Task<MaintenanceAnswer> RecordAsync<T>(string id, string name, T fact, long? version, Actor actor, CancellationToken cancellationToken)
    {
        try
        {
            return await store.AppendAsync(new StreamId(MaintenanceBook.Kind, id), version, [Ledger.Write(name, fact, actor)], cancellationToken) switch
            {
                AppendResult.VersionConflict => new MaintenanceAnswer.Refused("Somebody else changed it at the same moment. Look again."),
                _ => new MaintenanceAnswer.Recorded(id),
            };
        }
        catch (StorageUnavailableException unavailable)
        {
            return new MaintenanceAnswer.Refused($"Not recorded: {unavailable.Message}");
        }
    }
}

/// <summary>How declaring maintenance ended. Closed.</summary>
public abstract record MaintenanceAnswer
{
    private MaintenanceAnswer() { }

    /// <summary>It is recorded.</summary>
    public sealed record Recorded(string Id) : MaintenanceAnswer;

    /// <summary>It is not; the sentence says why.</summary>
    public sealed record Refused(string Sentence) : MaintenanceAnswer;
}
