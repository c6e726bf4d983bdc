using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Recording;

namespace Cockpit.Hosting;

/// <summary>
/// For tests of crash safety: ends the process with SIGKILL at a step of one execution. <c>Testing:CrashDirectory</c>, accepted only with
/// <c>Testing:Enabled=true</c>, holds a file for each step at which to end: <c>before</c> or <c>after</c>, then the name of an event of the
/// ledger or <c>send</c>, then the id of the execution. The file moves to <c>passed</c> as the process ends, so each ends one process only.
/// </summary>
internal sealed class CrashPoint(string directory)
{
    public const string Setting = "Testing:CrashDirectory";
    public const string Switch = "Testing:Enabled";
    public const string Passed = "passed";

    /// <summary>Wraps storage and targets when crashes are asked for; leaves everything as it is otherwise.</summary>
    public static void Add(IServiceCollection services, IConfiguration configuration, ICollection<string> errors)
    {
        if (configuration[Setting] is not { Length: > 0 } directory) return;
        if (!string.Equals(configuration[Switch], "true", StringComparison.OrdinalIgnoreCase))
            errors.Add($"{Setting} ends the process on purpose; accepted only together with {Switch}=true, and never where it matters");
        else if (!Directory.Exists(Path.Combine(directory, Passed)))
            errors.Add($"{Setting} is '{directory}'; accepted: a directory with a directory '{Passed}' in it");
        else
        {
            var point = new CrashPoint(directory);
            Wrap<IEventStore>(services, inner => new CrashingStore(inner, point));
            Wrap<IActionTarget>(services, inner => new CrashingTarget(inner, point));
        }
    }

    /// <summary>The process ends here when this is a step at which to end.</summary>
    private void Pass(string step, string? execution)
    {
        var file = $"{step} {execution}";
        if (execution is null || !File.Exists(Path.Combine(directory, file))) return;
        try
        {
            File.Move(Path.Combine(directory, file), Path.Combine(directory, Passed, file));
        }
        catch (FileNotFoundException)
        {
            // Another instance passed here at the same time, and has ended.
            return;
        }

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
            foreach (var fact in events) point.Pass($"before {fact.Type}", ExecutionOf(stream, fact));
            var result = await inner.AppendAsync(stream, expectedVersion, events, idempotencyKey, cancellationToken);
            foreach (var fact in events) point.Pass($"after {fact.Type}", ExecutionOf(stream, fact));
            return result;
        }

        private static string? ExecutionOf(StreamId stream, NewEvent fact) => stream.Kind switch
        {
            Ledger.ExecutionKind => stream.Id,
            Ledger.TargetKind => (string?)JsonNode.Parse(fact.Payload)?["execution"],
            _ => null,
        };

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
            point.Pass("before send", mark);
            var answer = await inner.ApplyAsync(change, mark, version, cancellationToken);
            point.Pass("after send", mark);
            return answer;
        }
    }
}
