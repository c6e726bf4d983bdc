using System.Net.Sockets;
using System.Text;
using Cockpit.Tests.Connectors.Faults;

namespace Cockpit.Tests.Connectors.Redis;

/// <summary>Answers Redis commands from a table.</summary>
internal static class ScriptedRedis
{
    public static Behaviour Node(string replication, string memory = "used_memory:1024\r\nmaxmemory:0\r\n", int hangUpAfterCommands = int.MaxValue) =>
        Serve(
            command => command switch
            {
                ["PING"] => "+PONG\r\n",
                ["INFO", "replication"] => Bulk(replication),
                ["INFO", "memory"] => Bulk(memory),
                ["HELLO", ..] => "%1\r\n$5\r\nproto\r\n:3\r\n",
                _ => "-ERR unknown command\r\n",
            },
            hangUpAfterCommands);

    /// <summary>A Sentinel that watches a master and replicas on loopback ports; says so as version 2 does.</summary>
    public static Behaviour Sentinel(int master, params int[] replicas) => Serve(command => command switch
    {
        ["SENTINEL", "get-master-addr-by-name", _] => Flat("127.0.0.1", $"{master}"),
        ["SENTINEL", "master", _] => Flat("name", "mymaster", "ip", "127.0.0.1", "port", $"{master}", "flags", "master", "num-other-sentinels", "0", "config-epoch", "0"),
        ["SENTINEL", "replicas", _] => $"*{replicas.Length}\r\n" + string.Concat(replicas.Select(port => Flat("ip", "127.0.0.1", "port", $"{port}", "flags", "slave"))),
        _ => "-ERR unknown command 'HELLO'\r\n",
    });

    public static Behaviour Serve(Func<string[], string> answer, int hangUpAfterCommands = int.MaxValue) => async (stream, stopped) =>
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        for (var served = 0; served < hangUpAfterCommands && await ReadCommandAsync(reader, stopped) is { } command; served++)
            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer(command)), stopped);
        stream.Socket.Shutdown(SocketShutdown.Both);
    };

    public static string Bulk(string text) => $"${Encoding.UTF8.GetByteCount(text)}\r\n{text}\r\n";

    public static string Flat(params string[] items) => $"*{items.Length}\r\n{string.Concat(items.Select(Bulk))}";

    private static async Task<string[]?> ReadCommandAsync(StreamReader reader, CancellationToken stopped)
    {
        if (await reader.ReadLineAsync(stopped) is not { } header) return null;
        var command = new string[int.Parse(header[1..])];
        for (var index = 0; index < command.Length; index++)
        {
            await reader.ReadLineAsync(stopped);
            command[index] = await reader.ReadLineAsync(stopped) ?? throw new IOException("The command was cut off.");
        }

        return command;
    }
}
