using System.Diagnostics.Metrics;

namespace Cockpit.Hubs;

/// <summary>What the live hub counts.</summary>
internal sealed class HubMetrics
{
    public const string MeterName = "Cockpit.Hubs";

    private readonly UpDownCounter<int> _viewers;
    private readonly UpDownCounter<int> _followers;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _passedOver;
    private readonly Counter<long> _broadcasts;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _refused;

    public HubMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _viewers = meter.CreateUpDownCounter<int>("cockpit.hub.viewers", "{viewer}", "Open connections to the live hub.");
        _followers = meter.CreateUpDownCounter<int>("cockpit.hub.followers", "{viewer}", "Viewers that follow a topic.");
        _broadcasts = meter.CreateCounter<long>("cockpit.hub.broadcasts", "{broadcast}", "Broadcasts, one a topic whatever the number of viewers.");
        _bytes = meter.CreateCounter<long>("cockpit.hub.broadcast", "By", "Bytes of broadcasts, each counted once.");
        _sent = meter.CreateCounter<long>("cockpit.hub.messages.sent", "{message}", "Broadcasts handed to viewers.");
        _passedOver = meter.CreateCounter<long>("cockpit.hub.messages.passed_over", "{message}", "Broadcasts not handed to viewers that were still busy with the last.");
        _refused = meter.CreateCounter<long>("cockpit.hub.calls.refused", "{call}", "Calls refused because a viewer called too often.");
        _viewers.Add(0);
        _refused.Add(0);
    }

    public void Connected(int change) => _viewers.Add(change);

    public void Followed(string topic, int change) => _followers.Add(change, new KeyValuePair<string, object?>("topic", topic));

    public void RefuseCall() => _refused.Add(1);

    public void Broadcast(string topic, int sent, int passedOver, int bytes)
    {
        var tag = new KeyValuePair<string, object?>("topic", topic);
        _broadcasts.Add(1, tag);
        _bytes.Add(bytes, tag);
        _sent.Add(sent, tag);
        _passedOver.Add(passedOver, tag);
    }
}
