using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Recording;

namespace Cockpit.Hosting;

/// <summary>
/// For tests of crash safety: ends the process with SIGKILL at a named step. <c>Testing:CrashAt</c> names it (<c>before</c> or <c>after</c>, then
/// the name of an event of the ledger or <c>send</c>, then <c>#2</c> for the second time) and is accepted only with <c>Testing:Enabled=true</c>.
/// </summary>
internal sealed class CrashPoint(string step, int time)
{
    public const string Setting = "Testing:CrashAt";
    public const string Switch = "Testing:Enabled";

    private int _passed;

    /// <summary>Wraps storage and targets when a crash is asked for; leaves everything as it is otherwise.</summary>
    public static void Add(IServiceCollection services, IConfiguration configuration, ICollection<string> errors)
    {
        if (configuration[Setting] is not { Length: > 0 } text) return;
        var parts = text.Split('#', 2);
        var words = parts[0].Trim().Split(' ');
        var time = 1;
        if (!string.Equals(configuration[Switch], "true", StringComparison.OrdinalIgnoreCase))
            errors.Add($"{Setting} ends the process on purpose; accepted only together with {Switch}=true, and never where it matters");
        else if (words is not ["before" or "after", _] || parts.Length == 2 && (!int.TryParse(parts[1], out time) || time < 1))
            errors.Add($"{Setting} is '{text}'; accepted: 'before' or 'after', an event of the ledger or 'send', and '#2' for the second time");
        else
        {
            var point = new CrashPoint(parts[0].Trim(), time);
            Wrap<IEventStore>(services, inner => new CrashingStore(inner, point));
            Wrap<IActionTarget>(services, inner => new CrashingTarget(inner, point));
        }
    }

    /// <summary>The process ends here when this is the step.</summary>
    private void Pass(string reached)
    {
        if (reached != step || Interlocked.Increment(ref _passed) != time) return;
        using var self = Process.GetCurrentProcess();
        self.Kill();
        self.WaitForExit();
    }

    private static void Wrap<T>(IServiceCollection services, Func<T, T> wrap) where T : class
    {
        for (var index = 0; index < services.Count; index++)
        {
            if (services[index] is not { IsKeyedService: false } inner || inner.ServiceType != typeof(T)) continue;
            services[index] = ServiceDescriptor.Singleton(typeof(T), provider => wrap((T)(
                inner.ImplementationInstance ?? inner.ImplementationFactory?.Invoke(provider)
                ?? ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!))));
        }
    }

    private sealed class CrashingStore(IEventStore inner, CrashPoint point) : IEventStore
    {
        public async Task<AppendResult> AppendAsync(
            StreamId stream, long? expectedVersion, IReadOnlyList<NewEvent> events, string? idempotencyKey, CancellationToken cancellationToken)
        {
            foreach (var fact in events) point.Pass($"before {fact.Type}");
            var result = await inner.AppendAsync(stream, expectedVersion, events, idempotencyKey, cancellationToken);
            foreach (var fact in events) point.Pass($"after {fact.Type}");
            return result;
        }

        public Task<IReadOnlyList<StoredEvent>> ReadStreamAsync(StreamId stream, CancellationToken cancellationToken) =>
            inner.ReadStreamAsync(stream, cancellationToken);

        public IAsyncEnumerable<StoredEvent> ReadLedgerAsync(long fromPosition, CancellationToken cancellationToken) =>
            inner.ReadLedgerAsync(fromPosition, cancellationToken);

        public Task<LedgerHead> ReadHeadAsync(CancellationToken cancellationToken) => inner.ReadHeadAsync(cancellationToken);

        public async IAsyncEnumerable<StoredEvent> FollowAsync(long fromPosition, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var entry in inner.FollowAsync(fromPosition, cancellationToken)) yield return entry;
        }
    }

    private sealed class CrashingTarget(IActionTarget inner, CrashPoint point) : IActionTarget
    {
        public bool Does(ActionKind kind, TargetKind target) => inner.Does(kind, target);

        public Task<TargetAnswer<TargetPlan>> PlanAsync(ActionDefinition action, ImmutableArray<InputValue> inputs, CancellationToken cancellationToken) =>
            inner.PlanAsync(action, inputs, cancellationToken);

        public Task<TargetAnswer<TargetState>> ObserveAsync(TargetChange change, CancellationToken cancellationToken) =>
            inner.ObserveAsync(change, cancellationToken);

        public Task<DryRunResult> DryRunAsync(TargetChange change, string version, CancellationToken cancellationToken) =>
            inner.DryRunAsync(change, version, cancellationToken);

        public async Task<TargetAnswer<string>> ApplyAsync(TargetChange change, string mark, string version, CancellationToken cancellationToken)
        {
            point.Pass("before send");
            var answer = await inner.ApplyAsync(change, mark, version, cancellationToken);
            point.Pass("after send");
            return answer;
        }
    }
}
