using System.Globalization;

namespace Cockpit.Estate.Exporter;

/// <summary>What the exporter was asked for on its command line.</summary>
internal sealed record ExporterArguments(
    string Urls, string? PortFile, double Speed, ulong Seed, Uri? KubeUrl, string? KubeTokenFile, string? KubeCaFile,
    IReadOnlyList<string> Namespaces, IReadOnlyList<EstateFault> Faults)
{
    /// <summary>The Sentinels, <c>host:port</c>; empty when no real Redis is followed.</summary>
    public IReadOnlyList<string> RedisSentinels { get; init; } = [];

    /// <summary>The group that they watch.</summary>
    public string RedisGroup { get; init; } = "mymaster";

    /// <summary>What Redis and its Sentinels ask for; null when nothing.</summary>
    public string? RedisPassword { get; init; }

    /// <summary>Where a PostgreSQL exporter tells how far the standby is behind; null when no real one is followed.</summary>
    public Uri? PostgresMetrics { get; init; }

    public const string Usage = """
        usage: Cockpit.Estate exporter [--urls http://127.0.0.1:PORT] [--port-file FILE] [--speed 1..120] [--seed N]
                 [--fault NAME]... [--kube-url URL [--kube-token-file FILE] [--kube-ca FILE] [--namespace NAME]...]
                 [--redis-sentinel HOST:PORT]... [--redis-group NAME] [--postgres-metrics URL]

          --urls        where to listen; port 0 takes a free one          (http://127.0.0.1:9464)
          --port-file   a file that receives the address in use, once it is
          --speed       simulated seconds a real second                   (1)
          --seed        which of the possible days it is                  (7)
          --fault       a fault that is on from the start
          --kube-url    the API server whose replica counts the load follows
          --namespace   a namespace to follow                             (bondx)
          --redis-sentinel    a Sentinel whose master the callers of Redis follow; REDIS_PASSWORD where one is asked for
          --redis-group       the group that it watches                   (mymaster)
          --postgres-metrics  a PostgreSQL exporter's page, whose replica's delay the readers bear
        """;

    private static readonly string[] Known =
        ["--urls", "--port-file", "--speed", "--seed", "--fault", "--kube-url", "--kube-token-file", "--kube-ca", "--namespace",
            "--redis-sentinel", "--redis-group", "--postgres-metrics"];

    /// <summary>The arguments, or what is wrong with them.</summary>
    public static (ExporterArguments? Arguments, string? Failure) Parse(IReadOnlyList<string> args)
    {
        if (args.Count == 0 || args[0] != "exporter") return (null, "The command is \"exporter\".");
        var given = new Dictionary<string, List<string>>();
        for (var i = 1; i < args.Count; i += 2)
        {
            if (!Known.Contains(args[i])) return (null, $"{args[i]} is not an option.");
            if (i + 1 >= args.Count) return (null, $"{args[i]} needs a value.");
            if (!given.TryGetValue(args[i], out var values)) given[args[i]] = values = [];
            values.Add(args[i + 1]);
        }

        string? One(string option) => given.TryGetValue(option, out var values) ? values[^1] : null;

        var speed = 1.0;
        if (One("--speed") is { } speedText
            && !(double.TryParse(speedText, NumberStyles.Float, CultureInfo.InvariantCulture, out speed)
                && speed is >= EstateClock.SlowestSpeed and <= EstateClock.FastestSpeed))
            return (null, $"--speed is \"{speedText}\"; accepted are numbers from 1 to 120.");
        var seed = 7UL;
        if (One("--seed") is { } seedText && !ulong.TryParse(seedText, NumberStyles.None, CultureInfo.InvariantCulture, out seed))
            return (null, $"--seed is \"{seedText}\"; accepted are whole numbers from 0.");
        var addresses = new Dictionary<string, Uri?>();
        foreach (var option in (string[])["--kube-url", "--postgres-metrics"])
        {
            if (One(option) is not { } text) continue;
            if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
                return (null, $"{option} is \"{text}\"; accepted are http and https addresses.");
            addresses[option] = address;
        }

        foreach (var sentinel in given.GetValueOrDefault("--redis-sentinel", []))
        {
            if (sentinel.Split(':') is not [not "", var port] || !ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                return (null, $"--redis-sentinel is \"{sentinel}\"; accepted is HOST:PORT.");
        }

        var faults = new List<EstateFault>();
        foreach (var name in given.GetValueOrDefault("--fault", []))
        {
            if (EstateFaults.Find(name) is not { } fault)
                return (null, $"--fault is \"{name}\"; accepted are {string.Join(", ", EstateFaults.All.Select(known => known.Name))}.");
            faults.Add(fault);
        }

        return (new ExporterArguments(
            One("--urls") ?? "http://127.0.0.1:9464", One("--port-file"), speed, seed, addresses.GetValueOrDefault("--kube-url"),
            One("--kube-token-file"), One("--kube-ca"), given.GetValueOrDefault("--namespace", ["bondx"]), faults)
        {
            RedisSentinels = given.GetValueOrDefault("--redis-sentinel", []),
            RedisGroup = One("--redis-group") ?? "mymaster",
            RedisPassword = Environment.GetEnvironmentVariable("REDIS_PASSWORD") is { Length: > 0 } password ? password : null,
            PostgresMetrics = addresses.GetValueOrDefault("--postgres-metrics"),
        }, null);
    }
}
