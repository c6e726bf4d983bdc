using System.Globalization;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Cockpit.Connectors.Redis;

/// <summary>The server answered a command with an error.</summary>
internal sealed class RedisRefusedException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}

/// <summary>How to sign in and whom to trust.</summary>
/// <param name="User">Access-control user; null for the default one.</param>
/// <param name="Password">Its password; null when none is asked for.</param>
/// <param name="Trust">Null for plain text; else yields what the server's certificate is checked against, null for the machine's own trust.</param>
internal sealed record RedisAccess(string? User, string? Password, Func<X509ChainPolicy?>? Trust)
{
    // The generated text would print the password.
    public override string ToString() => nameof(RedisAccess);
}

/// <summary>One connection: commands go out together, replies come back in their order. Not for use from two places at once.</summary>
/// <remarks>After any exception but <see cref="RedisRefusedException"/> replies may be out of step: throw the connection away.</remarks>
internal sealed class RedisConnection : IDisposable
{
    private readonly Socket _socket;
    private Stream? _stream;
    private RespReader? _replies;

    private RedisConnection(Socket socket) => _socket = socket;

    /// <summary>Connects, secures and signs in; version 3 of the protocol where the server knows it.</summary>
    public static async Task<RedisConnection> OpenAsync(RedisAddress address, RedisAccess access, RespLimits limits, CancellationToken cancellationToken)
    {
        var connection = new RedisConnection(new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });
        try
        {
            await connection.ConnectAsync(address, access, limits, cancellationToken);
            await connection.SignInAsync(access, cancellationToken);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Sends the commands in one go and returns their replies, errors among them.</summary>
    public async Task<RespValue[]> PipelineAsync(IReadOnlyList<string[]> commands, CancellationToken cancellationToken)
    {
        var request = new MemoryStream();
        foreach (var command in commands) Write(request, command);
        await _stream!.WriteAsync(request.GetBuffer().AsMemory(0, (int)request.Length), cancellationToken);
        var replies = new RespValue[commands.Count];
        for (var index = 0; index < replies.Length; index++) replies[index] = await _replies!.ReadAsync(cancellationToken);
        return replies;
    }

    /// <summary>Sends one command.</summary>
    public async Task<RespValue> SendAsync(string[] command, CancellationToken cancellationToken) =>
        (await PipelineAsync([command], cancellationToken))[0];

    public void Dispose()
    {
        _stream?.Dispose();
        _socket.Dispose();
    }

    private async Task ConnectAsync(RedisAddress address, RedisAccess access, RespLimits limits, CancellationToken cancellationToken)
    {
        await _socket.ConnectAsync(address.Host, address.Port, cancellationToken);
        _stream = new NetworkStream(_socket, ownsSocket: true);
        if (access.Trust is { } trust)
        {
            var secured = new SslStream(_stream);
            _stream = secured;
            await secured.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions { TargetHost = address.Host, CertificateChainPolicy = trust() }, cancellationToken);
        }

        _replies = new RespReader(new RespInput(PipeReader.Create(_stream), limits));
    }

    // Servers before 6 do not know HELLO, and their error repeats the arguments, the password among them:
    // no message that answers a sign-in is ever passed on, only its code.
    private async Task SignInAsync(RedisAccess access, CancellationToken cancellationToken)
    {
        string[] hello = access.Password is null ? ["HELLO", "3"] : ["HELLO", "3", "AUTH", access.User ?? "default", access.Password];
        if (await SendAsync(hello, cancellationToken) is not RespValue.Error error) return;
        if (error.Code is "NOAUTH" && access.Password is null) throw new RedisRefusedException(error.Code, "asks for a password");
        if (error.Code is not ("ERR" or "NOPROTO")) throw Refused(error);
        if (access.Password is null) return;

        string[] auth = access.User is null ? ["AUTH", access.Password] : ["AUTH", access.User, access.Password];
        if (await SendAsync(auth, cancellationToken) is RespValue.Error refused) throw Refused(refused);
    }

    private static RedisRefusedException Refused(RespValue.Error error) => new(error.Code, error.Code switch
    {
        "WRONGPASS" or "ERR" => "refuses the user or the password",
        "NOPERM" => "does not let this user sign in",
        _ => $"refuses the sign-in ({Failure.Quote(error.Code)})",
    });

    // *2\r\n$4\r\nINFO\r\n$11\r\nreplication\r\n
    private static void Write(MemoryStream request, string[] command)
    {
        WriteText(request, string.Create(CultureInfo.InvariantCulture, $"*{command.Length}\r\n"));
        foreach (var argument in command)
        {
            var bytes = Encoding.UTF8.GetBytes(argument);
            WriteText(request, string.Create(CultureInfo.InvariantCulture, $"${bytes.Length}\r\n"));
            request.Write(bytes);
            WriteText(request, "\r\n");
        }
    }

    private static void WriteText(MemoryStream request, string text) => request.Write(Encoding.ASCII.GetBytes(text));
}
