using System.Text;
using Cockpit.Connectors.Alertmanager;
using Cockpit.Domain.Alerts;

namespace Cockpit.Tests.Incidents;

public sealed class WebhookReaderTests
{
    private const string Whole = """
        {"version":"4","groupKey":"{}:{alertname=\"Down\"}","truncatedAlerts":7,"status":"firing","receiver":"cockpit","alerts":[
          {"status":"firing","labels":{"alertname":"Down","severity":"critical","service":"api","instance":"a"},
           "annotations":{"summary":"The API is down."},"startsAt":"2026-11-22T03:12:00.5Z","endsAt":"0001-01-01T00:00:00Z","fingerprint":"f1"}]}
        """;

    [Fact]
    public void Delivery_is_read_whole()
    {
        var batch = WebhookReader.Read(Encoding.UTF8.GetBytes(Whole))!;
        var alert = Assert.Single(batch.Alerts);

        Assert.Equal(("{}:{alertname=\"Down\"}", 7), (batch.GroupKey, batch.Truncated));
        Assert.Equal(("Down", true, "The API is down", (Severity?)Severity.P1, "api"), (alert.Name, alert.Firing, alert.Summary, alert.Severity, alert.Service));
        Assert.Equal((new DateTimeOffset(2026, 11, 22, 3, 12, 0, 500, TimeSpan.Zero), null), (alert.StartedAt, alert.EndedAt));
        Assert.Null(alert.Problem);
    }

    [Theory]
    [InlineData("""{"alerts":[{}]}""", "(nameless)", "it has no labels, it does not say whether it fires")]
    [InlineData("""{"alerts":[null]}""", "(nameless)", "it is no object")]
    [InlineData("""{"alerts":[{"labels":null,"status":"firing"}]}""", "(nameless)", "it has no labels")]
    [InlineData("""{"alerts":[{"labels":[1],"status":"firing"}]}""", "(nameless)", "its labels are no map, it has no labels")]
    [InlineData("""{"alerts":[{"labels":{"severity":"page"},"status":"firing"}]}""", "(nameless)", "it has no name")]
    [InlineData("""{"version":4,"alerts":[{"labels":{"alertname":7},"status":"firing"}]}""", "7", null)]
    [InlineData("""{"status":"firing","alerts":[{"labels":{"alertname":"X"}}]}""", "X", null)]
    public void Strange_alert_is_an_alert_that_says_what_is_strange(string body, string name, string? problem)
    {
        var alert = Assert.Single(WebhookReader.Read(Encoding.UTF8.GetBytes(body))!.Alerts);

        Assert.Equal((name, true, problem), (alert.Name, alert.Firing, alert.Problem));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"alerts":{}}""")]
    [InlineData("""{"alerts":[{"status":"firing","labels":{"alertname":"X" """)]
    public void What_is_no_webhook_is_told_apart(string body) => Assert.Null(WebhookReader.Read(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void Same_labels_are_the_same_alert_whatever_the_fingerprint_says()
    {
        var one = """{"alerts":[{"status":"firing","fingerprint":"a","labels":{"alertname":"X","b":"1","a":"2"}},{"status":"firing","fingerprint":"","labels":{"a":"2","alertname":"X","b":"1"}},{"status":"firing","fingerprint":"a","labels":{"alertname":"Y"}}]}""";

        var prints = WebhookReader.Read(Encoding.UTF8.GetBytes(one))!.Alerts.Select(alert => alert.Fingerprint).ToList();

        Assert.Equal(prints[0], prints[1]);
        Assert.NotEqual(prints[0], prints[2]);
    }

    [Fact]
    public async Task Bytes_of_any_kind_never_throw_and_what_is_read_can_be_stored()
    {
        await using var night = await Night.BeginAsync();
        var dice = new Random(5);
        var seed = Encoding.UTF8.GetBytes(Whole);
        for (var round = 0; round < 3_000; round++)
        {
            var body = (byte[])seed.Clone();
            for (var hit = dice.Next(1, 12); hit > 0; hit--) body[dice.Next(body.Length)] = (byte)dice.Next(256);
            if (dice.Next(4) == 0) body = body[..dice.Next(body.Length)];

            var batch = WebhookReader.Read(body) ?? WebhookReader.Unreadable(body.Length);
            if (round % 50 == 0) await night.Intake.StoreAsync([batch], CancellationToken.None);
        }

        Assert.NotEmpty(night.Book.Recent);
    }
}
