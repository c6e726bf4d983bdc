using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Cockpit.Hubs;

/// <summary>
/// The viewers of the live hub and what each follows. A message is serialised once and handed to every viewer; one that has not taken the
/// last message yet is passed over, finds a gap at the next and asks for the whole, so that a stuck phone delays nobody.
/// </summary>
internal sealed class LiveViewers(HubMetrics metrics, ILogger<DefaultHubLifetimeManager<LiveHub>> logger)
    : DefaultHubLifetimeManager<LiveHub>(logger)
{
    /// <summary>The client method that receives what changed.</summary>
    public const string ChangedMethod = "changed";

    private readonly ConcurrentDictionary<string, Viewer> _viewers = new();

    public override async Task OnConnectedAsync(HubConnectionContext connection)
    {
        await base.OnConnectedAsync(connection);
        _viewers[connection.ConnectionId] = new Viewer(connection);
        metrics.Connected(1);
    }

    public override async Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        if (_viewers.TryRemove(connection.ConnectionId, out var viewer))
        {
            metrics.Connected(-1);
            foreach (var topic in LiveTopics.All)
                if (viewer.Leave(topic)) metrics.Followed(topic, -1);
        }

        await base.OnDisconnectedAsync(connection);
    }

    public void Join(string connectionId, string topic)
    {
        if (_viewers.TryGetValue(connectionId, out var viewer) && viewer.Join(topic)) metrics.Followed(topic, 1);
    }

    public void Leave(string connectionId, string topic)
    {
        if (_viewers.TryGetValue(connectionId, out var viewer) && viewer.Leave(topic)) metrics.Followed(topic, -1);
    }

    /// <summary>Hands a message to all who follow a topic, without waiting for any of them. Called by one broadcaster.</summary>
    public void Broadcast(string topic, RawJson change, CancellationToken cancellationToken)
    {
        var message = new SerializedHubMessage(new InvocationMessage(ChangedMethod, [change]));
        int sent = 0, passed = 0;
        foreach (var (_, viewer) in _viewers)
        {
            if (!viewer.Follows(topic)) continue;
            if (viewer.TrySend(message, cancellationToken)) sent++;
            else passed++;
        }

        metrics.Broadcast(topic, sent, passed, change.Utf8.Length);
    }

    /// <summary>Ends the connections of people for whom <paramref name="mayStay"/> says no. Each person is asked about once.</summary>
    public async Task EndUnlessAsync(Func<ClaimsPrincipal, Task<bool>> mayStay)
    {
        foreach (var person in _viewers.Values.GroupBy(viewer => viewer.Person))
        {
            if (await mayStay(person.First().Connection.User)) continue;
            foreach (var viewer in person) viewer.Connection.Abort();
        }
    }

    private sealed class Viewer(HubConnectionContext connection)
    {
        private readonly ConcurrentDictionary<string, bool> _topics = new();
        private Task _sending = Task.CompletedTask;

        public HubConnectionContext Connection => connection;

        public string? Person => connection.User.FindFirstValue(ClaimTypes.NameIdentifier);

        public bool Join(string topic) => _topics.TryAdd(topic, true);

        public bool Leave(string topic) => _topics.TryRemove(topic, out _);

        public bool Follows(string topic) => _topics.ContainsKey(topic);

        public bool TrySend(SerializedHubMessage message, CancellationToken cancellationToken)
        {
            if (!_sending.IsCompleted) return false;
            var sending = connection.WriteAsync(message, cancellationToken);
            _sending = sending.IsCompletedSuccessfully ? Task.CompletedTask : sending.AsTask();
            return true;
        }
    }
}
