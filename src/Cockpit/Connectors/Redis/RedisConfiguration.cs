using Microsoft.Extensions.Options;

namespace Cockpit.Connectors.Redis;

/// <summary>Fills and checks <see cref="RedisOptions"/>.</summary>
internal sealed class RedisConfiguration(IConfiguration configuration) : IConfigureOptions<RedisOptions>, IValidateOptions<RedisOptions>
{
    private const int SentinelPort = 26379;
    private const int NodePort = 6379;

    public void Configure(RedisOptions options) => Read(options);

    public ValidateOptionsResult Validate(string? name, RedisOptions options)
    {
        var problems = Read(new RedisOptions());
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private List<string> Read(RedisOptions options)
    {
        var section = new ConnectorSection(
            configuration.GetSection(RedisOptions.Section),
            "Group", "Sentinels", "Node", "User", "Password", "SentinelPassword", "Tls", "CaFile", "Timeout");
        options.Group = section.Text("Group") ?? options.Group;
        options.Sentinels = ReadSentinels(section);
        options.Node = ReadNode(section);
        options.User = section.Text("User");
        options.Password = section.Secret("Password");
        options.SentinelPassword = section.Secret("SentinelPassword");
        options.Tls = section.Flag("Tls");
        options.CaFile = section.CaFile("CaFile");
        options.Timeout = section.Timeout("Timeout", options.Timeout);

        var asksSentinels = section.List("Sentinels").Count > 0;
        var asksNode = section.Text("Node") is not null;
        if (asksSentinels == asksNode)
        {
            section.Problem("Sentinels", asksNode
                ? "stands beside Redis:Node; accepted is one of them."
                : "is missing; accepted are host:port addresses of Sentinels, or Redis:Node with the address of a single node.");
        }

        if (options.User is not null && options.Password is null) section.Problem("Password", "is missing; Redis:User is accepted only with it.");
        if (options.CaFile is not null && !options.Tls) section.Problem("CaFile", "has no use without TLS; accepted with Redis:Tls true.");
        if (options.SentinelPassword is not null && asksNode) section.Problem("SentinelPassword", "has no use with Redis:Node; accepted with Redis:Sentinels.");
        return section.Problems;
    }

    private static List<RedisAddress> ReadSentinels(ConnectorSection section)
    {
        var sentinels = new List<RedisAddress>();
        foreach (var (index, text) in section.List("Sentinels").Index())
        {
            if (RedisAddress.Parse(text, SentinelPort) is not { } address)
                section.Problem($"Sentinels:{index}", $"is not an address; accepted is host or host:port, such as sentinel-0.redis:{SentinelPort}.");
            else if (sentinels.Contains(address))
                section.Problem($"Sentinels:{index}", "names a Sentinel twice; accepted is each of them once, as each has one voice.");
            else
                sentinels.Add(address);
        }

        return sentinels;
    }

    private static RedisAddress? ReadNode(ConnectorSection section)
    {
        if (section.Text("Node") is not { } text) return null;
        var address = RedisAddress.Parse(text, NodePort);
        if (address is null) section.Problem("Node", $"is not an address; accepted is host or host:port, such as redis.example:{NodePort}.");
        return address;
    }
}
