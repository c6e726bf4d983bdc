using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Cockpit.Tests.Connectors.Faults;

namespace Cockpit.Tests.Connectors.Postgres;

/// <summary>Speaks as much of the PostgreSQL protocol as a connection, its start and a batch of queries need.</summary>
internal static class ScriptedPostgres
{
    private const int SslRequest = 80877103;
    private const int GssRequest = 80877104;

    /// <summary>A primary at position 1000 with one connection of a hundred and nobody streaming.</summary>
    public static readonly Behaviour Primary = Serve(sql => sql switch
    {
        _ when sql.Contains("pg_stat_replication") => [[null, null, null, null, null, null, null]],
        _ => [[false, 1000L, 1L, 100L, true]],
    });

    /// <summary>A standby that has replayed to a position and runs nothing.</summary>
    public static Behaviour Standby(long replayed) => Serve(sql => sql.Contains("pg_is_in_recovery")
        ? [[true, replayed, replayed, 0.5, false, null, "replica", null]]
        : [[replayed]]);

    public static readonly Behaviour HangAfterSignIn = async (stream, stopped) =>
    {
        await StartAsync(stream, stopped);
        await Behaviours.NeverAnswer(stream, stopped);
    };

    public static Behaviour Serve(Func<string, object?[][]> answer) => async (stream, stopped) =>
    {
        await StartAsync(stream, stopped);
        var output = new MemoryStream();
        while (true)
        {
            var header = await ReadAsync(stream, 5, stopped);
            var body = await ReadAsync(stream, BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(1)) - 4, stopped);
            switch ((char)header[0])
            {
                case 'P':
                    var sql = Encoding.UTF8.GetString(body).Split('\0')[1];
                    WriteResult(output, answer(sql));
                    break;
                case 'S':
                    Write(output, 'Z', [(byte)'I']);
                    await stream.WriteAsync(output.ToArray(), stopped);
                    output.SetLength(0);
                    break;
                case 'X':
                    return;
            }
        }
    };

    /// <summary>Answers the start with the given bytes instead of an authentication.</summary>
    public static Behaviour AfterStart(Behaviour then) => async (stream, stopped) =>
    {
        await ReadStartAsync(stream, stopped);
        await then(stream, stopped);
    };

    public static byte[] Error(string sqlState, string message)
    {
        var output = new MemoryStream();
        Write(output, 'E', Encoding.UTF8.GetBytes($"SFATAL\0VFATAL\0C{sqlState}\0M{message}\0\0"));
        return output.ToArray();
    }

    private static async Task StartAsync(NetworkStream stream, CancellationToken stopped)
    {
        await ReadStartAsync(stream, stopped);
        var output = new MemoryStream();
        Write(output, 'R', [0, 0, 0, 0]);
        foreach (var (name, value) in new[] { ("server_version", "15.0"), ("client_encoding", "UTF8"), ("standard_conforming_strings", "on"), ("integer_datetimes", "on") })
            Write(output, 'S', Encoding.UTF8.GetBytes($"{name}\0{value}\0"));
        Write(output, 'K', [0, 0, 0, 1, 0, 0, 0, 2]);
        Write(output, 'Z', [(byte)'I']);
        await stream.WriteAsync(output.ToArray(), stopped);
    }

    private static async Task ReadStartAsync(NetworkStream stream, CancellationToken stopped)
    {
        while (true)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(await ReadAsync(stream, 4, stopped));
            var body = await ReadAsync(stream, length - 4, stopped);
            if (BinaryPrimitives.ReadInt32BigEndian(body) is not (SslRequest or GssRequest)) return;
            await stream.WriteAsync(new[] { (byte)'N' }, stopped);
        }
    }

    private static void WriteResult(MemoryStream output, object?[][] rows)
    {
        Write(output, '1', []);
        Write(output, '2', []);
        var columns = new MemoryStream();
        Int16(columns, rows[0].Length);
        foreach (var value in rows[0])
        {
            columns.Write("c\0"u8);
            Int32(columns, 0);
            Int16(columns, 0);
            var (type, size) = value switch { bool => (16, 1), long => (20, 8), double => (701, 8), _ => (25, -1) };
            Int32(columns, type);
            Int16(columns, size);
            Int32(columns, -1);
            Int16(columns, 1);
        }

        Write(output, 'T', columns.ToArray());
        foreach (var row in rows.Where(row => row.Any(value => value is not null)))
        {
            var data = new MemoryStream();
            Int16(data, row.Length);
            foreach (var value in row) WriteValue(data, value);
            Write(output, 'D', data.ToArray());
        }

        Write(output, 'C', "SELECT 1\0"u8.ToArray());
    }

    private static void WriteValue(MemoryStream data, object? value)
    {
        if (value is null)
        {
            Int32(data, -1);
            return;
        }

        var bytes = new byte[8];
        switch (value)
        {
            case bool flag:
                bytes = [flag ? (byte)1 : (byte)0];
                break;
            case long number:
                BinaryPrimitives.WriteInt64BigEndian(bytes, number);
                break;
            case double number:
                BinaryPrimitives.WriteDoubleBigEndian(bytes, number);
                break;
            default:
                bytes = Encoding.UTF8.GetBytes((string)value);
                break;
        }

        Int32(data, bytes.Length);
        data.Write(bytes);
    }

    private static void Write(MemoryStream output, char type, byte[] body)
    {
        output.WriteByte((byte)type);
        Int32(output, body.Length + 4);
        output.Write(body);
    }

    private static void Int32(MemoryStream output, int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        output.Write(bytes);
    }

    private static void Int16(MemoryStream output, int value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteInt16BigEndian(bytes, (short)value);
        output.Write(bytes);
    }

    private static async Task<byte[]> ReadAsync(NetworkStream stream, int count, CancellationToken stopped)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, stopped);
        return bytes;
    }
}
