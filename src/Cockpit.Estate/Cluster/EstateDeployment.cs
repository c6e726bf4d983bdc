using System.Globalization;
using Cockpit.Domain.Health;

namespace Cockpit.Estate.Cluster;

/// <summary>A Deployment and the pods a controller keeps for it.</summary>
public sealed class EstateDeployment
{
    private const int RevisionHistory = 11;

    private static readonly TimeSpan FastestStart = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan SlowestStart = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan QuickestLook = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan SlowestLook = TimeSpan.FromMilliseconds(900);

    private readonly Dice _dice;
    private readonly Func<string> _nextResourceVersion;
    private readonly List<StartingPod> _pods = [];
    private readonly List<TemplateRevision> _revisions;
    private DateTimeOffset _controllerLooksAt;
    private bool _mirrored;
    private bool _settled;

    internal EstateDeployment(Dice dice, Func<string> nextResourceVersion, string @namespace, string name, string image, int replicas)
    {
        _dice = dice;
        _nextResourceVersion = nextResourceVersion;
        Namespace = @namespace;
        Name = name;
        var (high, low) = (dice.NextBits(), dice.NextBits());
        Uid = string.Create(CultureInfo.InvariantCulture,
            $"{high >> 32:x8}-{(high >> 16) & 0xffff:x4}-4{high & 0xfff:x3}-8{low >> 52:x3}-{low & 0xffffffffffff:x12}");
        Replicas = replicas;
        NominalReplicas = Math.Max(1, replicas);
        _revisions = [new TemplateRevision(1, image, new Dictionary<string, string>(), null)];
        ResourceVersion = nextResourceVersion();
        for (var i = 0; i < replicas; i++) _pods.Add(new StartingPod(NewPodName(), 1, default) { Ready = true });
        ReadyReplicas = replicas;
    }

    public string Namespace { get; }

    public string Name { get; }

    public string Uid { get; }

    public long Generation { get; private set; } = 1;

    public long ObservedGeneration { get; private set; } = 1;

    public string ResourceVersion { get; private set; }

    public int Replicas { get; private set; }

    public int ReadyReplicas { get; private set; }

    public Autoscaler? Autoscaler { get; internal set; }

    /// <summary>The template in force.</summary>
    public TemplateRevision Template => _revisions[^1];

    /// <summary>Earlier templates and the one in force, oldest first.</summary>
    public IReadOnlyList<TemplateRevision> Revisions => _revisions;

    public IReadOnlyList<EstatePod> Pods => [.. _pods.Select(pod => new EstatePod(pod.Name, pod.Revision, pod.Ready))];

    /// <summary>Changes whenever a pod comes, goes or changes readiness.</summary>
    internal int PodsVersion { get; private set; }

    /// <summary>The replica count that the everyday load is made for.</summary>
    internal int NominalReplicas { get; }

    /// <summary>Share of ready pods whose template satisfies the condition; 0 without ready pods.</summary>
    internal double ReadyShare(Func<TemplateRevision, bool> condition)
    {
        if (ReadyReplicas == 0) return 0;
        var meets = 0;
        foreach (var pod in _pods)
        {
            if (pod.Ready && _revisions.Find(revision => revision.Number == pod.Revision) is { } template && condition(template)) meets++;
        }

        return (double)meets / ReadyReplicas;
    }

    /// <summary>Whether every pod is ready and of the newest template.</summary>
    public bool RolledOut => ReadyReplicas == Replicas && _pods.Count == Replicas && _pods.TrueForAll(pod => pod.Revision == Template.Number);

    /// <summary>The Deployment as its cluster reports it.</summary>
    public WorkloadReading Read() => new(
        Namespace, Name, Uid, Generation, ObservedGeneration, Replicas, ReadyReplicas, Template.Image, Template.Number, Autoscaler);

    internal WorkloadReading ReadAsScaled(int replicas) => Read() with { Replicas = replicas, Generation = replicas == Replicas ? Generation : Generation + 1 };

    internal void Scale(int replicas, DateTimeOffset now)
    {
        if (replicas == Replicas) return;
        Replicas = replicas;
        SpecChanged(now);
    }

    internal void ChangeTemplate(Func<TemplateRevision, TemplateRevision> change, DateTimeOffset now)
    {
        _revisions.Add(change(Template) with { Number = Template.Number + 1 });
        if (_revisions.Count > RevisionHistory) _revisions.RemoveAt(0);
        SpecChanged(now);
    }

    internal bool DeletePod(string name)
    {
        if (_pods.RemoveAll(pod => pod.Name == name) == 0) return false;
        _settled = false;
        PodsChanged();
        return true;
    }

    /// <summary>Takes over what a real cluster reports; from then on no pod is started or stopped here.</summary>
    internal void Mirror(MirroredWorkload workload, IReadOnlyList<(string Name, bool Ready)> pods)
    {
        _mirrored = true;
        Replicas = workload.Replicas;
        var template = new TemplateRevision(workload.Revision, workload.Image ?? Template.Image, workload.Environment, null);
        if (Template.Number == template.Number) _revisions[^1] = template;
        else _revisions.Add(template);
        if (_revisions.Count > RevisionHistory) _revisions.RemoveAt(0);

        // During a rollout nobody says here which pod is of which template: until it is over all count as old.
        var revision = workload.RolledOut || _revisions.Count == 1 ? template.Number : _revisions[^2].Number;
        if (_pods.Select(pod => (pod.Name, pod.Revision, pod.Ready)).SequenceEqual(pods.Select(pod => (pod.Name, revision, pod.Ready)))) return;
        _pods.Clear();
        foreach (var (name, ready) in pods) _pods.Add(new StartingPod(name, revision, default) { Ready = ready });
        PodsChanged();
    }

    internal void Step(DateTimeOffset now)
    {
        if (_mirrored) return;
        if (ObservedGeneration < Generation)
        {
            if (now < _controllerLooksAt) return;
            ObservedGeneration = Generation;
            ResourceVersion = _nextResourceVersion();
            _settled = false;
        }

        if (_settled) return;
        var changed = false;
        foreach (var pod in _pods)
        {
            if (pod.Ready || now < pod.ReadyAt) continue;
            changed = pod.Ready = true;
        }

        changed |= Reconcile(now);
        if (changed) PodsChanged();
        _settled = !changed && _pods.Count == Replicas && _pods.TrueForAll(pod => pod.Ready && pod.Revision == Template.Number);
    }

    private bool Reconcile(DateTimeOffset now)
    {
        var current = _pods.Count(pod => pod.Revision == Template.Number);
        var surge = Math.Max(1, (Replicas + 3) / 4);
        var ready = _pods.Count(pod => pod.Ready);
        var changed = false;
        while (current < Replicas && _pods.Count < Replicas + (current == _pods.Count ? 0 : surge))
        {
            _pods.Add(new StartingPod(NewPodName(), Template.Number, now + _dice.Between(FastestStart, SlowestStart)));
            current++;
            changed = true;
        }

        // Whoever is over the count goes: old templates first as the new become ready, the unready before the ready, the young before the old.
        while (_pods.Count > Replicas)
        {
            var leaving = _pods.FindIndex(pod => pod.Revision != Template.Number && (!pod.Ready || ready > Replicas));
            if (leaving < 0 && current > Replicas) leaving = _pods.FindLastIndex(pod => pod.Revision == Template.Number && !pod.Ready);
            if (leaving < 0 && current > Replicas) leaving = _pods.FindLastIndex(pod => pod.Revision == Template.Number);
            if (leaving < 0) break;
            if (_pods[leaving].Ready) ready--;
            if (_pods[leaving].Revision == Template.Number) current--;
            _pods.RemoveAt(leaving);
            changed = true;
        }

        return changed;
    }

    private void SpecChanged(DateTimeOffset now)
    {
        Generation++;
        ResourceVersion = _nextResourceVersion();
        _controllerLooksAt = now + _dice.Between(QuickestLook, SlowestLook);
    }

    private void PodsChanged()
    {
        ReadyReplicas = _pods.Count(pod => pod.Ready);
        PodsVersion++;
        ResourceVersion = _nextResourceVersion();
    }

    private string NewPodName()
    {
        const string Letters = "bcdfghjklmnpqrstvwxz2456789";
        var name = string.Concat(Enumerable.Range(0, 5).Select(_ => Letters[(int)(_dice.Next() * Letters.Length)]));
        return $"{Name}-{name}";
    }

    private sealed class StartingPod(string name, int revision, DateTimeOffset readyAt)
    {
        public string Name => name;

        public int Revision => revision;

        public DateTimeOffset ReadyAt => readyAt;

        public bool Ready { get; set; }
    }
}
