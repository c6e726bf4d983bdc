namespace Cockpit.Estate.Traffic;

/// <summary>The machines underneath: use in percent.</summary>
public sealed class NodeLoad
{
    private readonly SimulatedEstate _estate;
    private readonly Machine[] _machines;

    internal NodeLoad(Dice dice, SimulatedEstate estate)
    {
        _estate = estate;
        _machines = [.. Enumerable.Range(1, 4).Select(number => new Machine(
            $"node-{number}", new Drift(dice, 0.04, 40), dice.Between(-4, 4), dice.Between(52, 61), dice.Between(54, 63)))];
    }

    public IReadOnlyList<NodeUse> Machines => [.. _machines.Select(machine => machine.Use)];

    internal void Count(Moment moment)
    {
        var compression = _estate.Cluster.Setting("websocket-config", "compression_enabled") == "true" ? 6 : 0;
        var crowd = _estate.WebSockets.Utilisation * 14;
        foreach (var machine in _machines)
        {
            machine.Drift.Step(moment.Seconds);
            var factor = machine.Drift.Factor;
            machine.Use = new NodeUse(
                machine.Instance,
                Percent((18 + (30 * moment.Load) + crowd + compression + machine.Lean) * factor),
                Percent(machine.Memory + (8 * moment.Load) + (crowd * 0.3)),
                Percent(machine.Disk + (_estate.Postgres.BytesBehind / 4e9)),
                Percent((16 + (34 * moment.Load) - (compression * 2)) * factor),
                Percent((22 + (24 * moment.Load)) * factor));
        }
    }

    private static double Percent(double value) => Math.Clamp(value, 0, 100);

    private sealed class Machine(string instance, Drift drift, double lean, double memory, double disk)
    {
        public string Instance => instance;

        public Drift Drift => drift;

        public double Lean => lean;

        public double Memory => memory;

        public double Disk => disk;

        public NodeUse Use { get; set; } = new(instance, 30, memory, disk, 25, 30);
    }
}

/// <summary>A machine's use, each in percent.</summary>
public sealed record NodeUse(string Instance, double Cpu, double Memory, double Disk, double Network, double DiskIo);
