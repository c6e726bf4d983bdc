using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Cockpit.Tests.Hubs;

/// <summary>A viewer without a library: the JSON hub protocol is one JSON object after another, each ended by 0x1E.</summary>
internal sealed class RawHubClient : IAsyncDisposable
{
    private const char End = '\u001e';
    private const int Ping = 6;

    private readonly ClientWebSocket _socket = new();
    private readonly Queue<JsonObject> _received = new();
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(20), TimeProvider.System);
    private int _calls;

    public static async Task<RawHubClient> OpenAsync(Uri address, string? origin = null)
    {
        var client = new RawHubClient();
        if (origin is not null) client._socket.Options.SetRequestHeader("Origin", origin);
        await client._socket.ConnectAsync(new Uri($"ws://{address.Authority}/hubs/live"), client._patience.Token);
        await client.SendTextAsync("""{"protocol":"json","version":1}""");
        await client.NextAsync(_ => true);
        return client;
    }

    /// <summary>Calls a method and returns its completion; other messages that come first are kept.</summary>
    public async Task<JsonObject> CallAsync(string method, params string[] arguments)
    {
        var id = $"{++_calls}";
        await SendTextAsync(new JsonObject
        {
            ["type"] = 1,
            ["target"] = method,
            ["invocationId"] = id,
            ["arguments"] = new JsonArray([.. arguments.Select(argument => (JsonNode)argument)]),
        }.ToJsonString());
        return await NextAsync(message => (string?)message["invocationId"] == id);
    }

    /// <summary>The next change of a topic.</summary>
    public async Task<JsonObject> ChangeAsync() =>
        (await NextAsync(message => (string?)message["target"] == "changed"))["arguments"]![0]!.AsObject();

    public Task SendTextAsync(string message) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(message + End), WebSocketMessageType.Text, true, _patience.Token);

    /// <summary>Reads until the server ends the connection.</summary>
    public async Task<bool> EndsAsync()
    {
        try
        {
            while (_socket.State == WebSocketState.Open) await ReceiveAsync();
        }
        catch (WebSocketException)
        {
            return true;
        }

        return true;
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        _patience.Dispose();
        await Task.CompletedTask;
    }

    private async Task<JsonObject> NextAsync(Func<JsonObject, bool> wanted)
    {
        var passed = new List<JsonObject>();
        while (true)
        {
            while (_received.TryDequeue(out var message))
            {
                if (wanted(message))
                {
                    foreach (var kept in passed.Concat([.. _received]).ToArray().Select((kept, index) => (kept, index)))
                    {
                        if (kept.index == 0) _received.Clear();
                        _received.Enqueue(kept.kept);
                    }

                    return message;
                }

                passed.Add(message);
            }

            await ReceiveAsync();
        }
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[64 * 1024];
        var text = new MemoryStream();
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, _patience.Token);
            text.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);

        foreach (var json in Encoding.UTF8.GetString(text.ToArray()).Split(End, StringSplitOptions.RemoveEmptyEntries))
            if (JsonNode.Parse(json)!.AsObject() is var message && (int?)message["type"] != Ping) _received.Enqueue(message);
    }
}
