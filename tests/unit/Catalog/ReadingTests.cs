using System.Text;
using Cockpit.Catalog;

namespace Cockpit.Tests.Catalog;

public class ReadingTests
{
    private const string Services = "services:\n  - {id: a, title: A, platform: P, kind: http, owner: o, summary: S}\n";

    [Fact]
    public void Byte_order_mark_and_windows_line_ends_are_accepted() =>
        Assert.Empty(Files.Load(("services.yaml", "\uFEFF" + Services.Replace("\n", "\r\n", StringComparison.Ordinal))).Errors);

    [Fact]
    public void Billion_laughs_are_refused_at_once()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var level = 1; level < 12; level++)
            bomb.Append($"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]\n");

        Assert.Contains(Files.Load(("services.yaml", bomb.ToString())).Errors, error => error.Message.Contains("too many values", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a: &a [*a]\n", "complete")]
    [InlineData("a: *b\n", "complete")]
    [InlineData("a: \"\\UFFFFFFFF\"\n", "not valid YAML")]
    [InlineData("%YAML 99999999999.1\n---\na: 1\n", "not valid YAML")]
    [InlineData("a:\n\t- b\n", "not valid YAML")]
    [InlineData("a: 1\na: 2\n", "given twice")]
    [InlineData("<<: {a: 1}\n", "merge keys")]
    [InlineData("? [a]\n: b\n", "single value")]
    [InlineData("", "empty")]
    [InlineData("--- 1\n--- 2\n", "2 documents")]
    public void Broken_text_is_an_error(string text, string expected) =>
        Assert.Contains(Files.Load(("services.yaml", text)).Errors, error => error.Message.Contains(expected, StringComparison.Ordinal));

    [Theory]
    [InlineData("[")]
    [InlineData("- ")]
    [InlineData("{a: ")]
    [InlineData("{\"a\":")]
    [InlineData("&a ")]
    [InlineData("? ")]
    public void Deep_nesting_is_refused(string opening)
    {
        var deep = string.Concat(Enumerable.Repeat(opening, 100_000));

        Assert.NotEmpty(Files.Load(("services.yaml", deep)).Errors);
        Assert.NotEmpty(Files.Load(("services.json", deep)).Errors);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_told_with_their_place()
    {
        CatalogLoad Load(byte[] bytes) => CatalogLoader.Load([new CatalogFile("services.yaml", bytes, null)]);

        var invalid = Assert.Single(Load([.. "a: 1\nb: "u8, 0xFF, 0xFE]).Errors);
        var nul = Assert.Single(Load([.. "a: 1\n"u8, 0]).Errors);
        var wide = Assert.Single(Load(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("a: 1")).ToArray()).Errors);

        Assert.Equal((2, 4, "the file is not valid UTF-8"), (invalid.Line, invalid.Column, invalid.Message));
        Assert.Equal((2, 1, "the file holds a NUL character"), (nul.Line, nul.Column, nul.Message));
        Assert.Equal("the file is UTF-16", wide.Message);
    }

    [Fact]
    public void Unknown_field_is_refused_with_a_guess()
    {
        var error = Assert.Single(Files.Load(("services.yaml", Services.Swap("title:", "titel:").Swap("titel: A", "title: A, titel: A"))).Errors);

        Assert.Equal(("services[0].titel", 2), (error.Field, error.Line));
        Assert.Contains("did you mean 'title'?", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cards/1-degraded-websockets.yaml", "threshold: 0.7,", "threshold: 0.85,", "can hold while the symptom")]
    [InlineData("cards/1-degraded-websockets.yaml", "risk: medium", "risk: low", "too low")]
    [InlineData("cards/1-degraded-websockets.yaml", "replicas: \"8\"", "replicas: \"80\"", "outside its bounds")]
    [InlineData("cards/1-degraded-websockets.yaml", "signal: websocket.delivery.p95", "signal: websocket.delivery.p59", "did you mean 'websocket.delivery.p95'?")]
    [InlineData("cards/1-degraded-websockets.yaml", "namespace: bondx, ", "", "is missing")]
    [InlineData("cards/1-degraded-websockets.yaml", "unit: ratio", "unit: percent", "is not the unit")]
    [InlineData("cards/1-degraded-websockets.yaml", "escalation: websocket-degradation", "escalation: websockets", "which is not defined")]
    [InlineData("cards/1-degraded-websockets.yaml", "{replicas}", "{replica}", "which nothing supplies")]
    [InlineData("cards/2-redis-failover.yaml", "number: 2", "number: 1", "already defined")]
    [InlineData("runbooks/1-service-down.md", "(action:restart)", "(action:restrat)", "which is not defined")]
    [InlineData("runbooks/1-service-down.md", "## Investigation", "<script>alert(1)</script>\n", "raw HTML")]
    [InlineData("escalation.yaml", "role: devops-lead", "role: devops-leader", "did you mean 'devops-lead'?")]
    [InlineData("escalation.yaml", "until: 15m", "until: 20m", "and the one before ends at")]
    [InlineData("on-call.yaml", "starts-on: 2026-01-05", "starts-on: 2026-01-06", "is a Tuesday")]
    [InlineData("capacity.yaml", "max-replicas: 20", "max-replicas: 2", "below min-replicas")]
    [InlineData("alerts/quantx.yaml", "runbook: service-down", "runbook: service-dwon", "did you mean 'service-down'?")]
    [InlineData("alerts/quantx.yaml", "{{ $labels.job }}", "{{ $labels.job }", "not closed")]
    [InlineData("slos/services.yaml", "service: trading", "service: tradin", "which is not defined")]
    [InlineData("services.yaml", "depends-on: [user,", "depends-on: [usr,", "which is not defined")]
    public void Breakage_of_meaning_is_found(string file, string from, string to, string expected) =>
        Assert.Contains(Files.LoadWith(file, text => text.Swap(from, to)).Errors, error => error.Message.Contains(expected, StringComparison.Ordinal));
}
