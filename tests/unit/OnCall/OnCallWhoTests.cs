using Cockpit.Domain.OnCall;
using Cockpit.Hosting;
using Cockpit.Tests.Catalog;
using Cockpit.Tests.Support;

namespace Cockpit.Tests.OnCall;

public sealed class OnCallWhoTests
{
    [Fact]
    public async Task Who_names_the_layers_and_whom_silence_wakes()
    {
        var (code, text, _) = await AskAsync("2026-11-23T10:00Z", null);

        Assert.Equal(0, code);
        Assert.Contains("  Primary engineer: Mei Tanaka\n", text);
        Assert.Contains("  after 30\u202Fmin, Engineering manager: Ingrid Solberg\n", text);
        Assert.Contains("Next handoff: 2026-11-30 09:00 UTC", text);
    }

    [Fact]
    public async Task Card_s_row_of_the_matrix_is_asked_when_it_is_named()
    {
        var (_, text, _) = await AskAsync("2026-11-23T10:00Z", "risk-alerts-storm");

        Assert.Contains("  after 0\u202Fs, Risk engineer: Rafael Costa\n", text);
    }

    [Theory]
    [InlineData("yesterday", null, "'yesterday' is no moment")]
    [InlineData(null, "no-card", "there is no card 'no-card' (accepted: degraded-websockets")]
    public async Task What_is_asked_wrongly_is_told(string? at, string? card, string message)
    {
        var (code, _, messages) = await AskAsync(at, card);

        Assert.Equal(1, code);
        Assert.StartsWith(message, messages);
    }

    [Fact]
    public void Calendar_has_every_handoff_and_shift_once()
    {
        var plan = Cockpit.Catalog.CatalogLoader.Load(Files.OwnCatalog).Catalog.OnCall!;
        var from = new DateTimeOffset(2026, 11, 16, 9, 0, 0, TimeSpan.Zero);

        var text = OnCallCalendar.Write(new OnCallSchedule(plan, []), from, from.AddDays(14), from);

        var uids = text.Split("\r\n").Where(line => line.StartsWith("UID:", StringComparison.Ordinal)).ToList();
        Assert.Equal(uids.Distinct(), uids);
        Assert.Equal(2, uids.Count(uid => uid.StartsWith("UID:handoff", StringComparison.Ordinal)));
        Assert.Contains("DTSTART:20261123T090000Z\r\nDTEND:20261130T090000Z\r\nSUMMARY:Primary engineer: Mei Tanaka\r\n", text);
        Assert.Equal(text.Split("BEGIN:VEVENT").Length, text.Split("END:VEVENT").Length);
    }

    private static async Task<(int Code, string Text, string Messages)> AskAsync(string? at, string? card)
    {
        var (output, messages) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var code = await OnCallCommands.WhoAsync(at, card, Files.OwnCatalog, null, null, output, messages, new FakeClock(), CancellationToken.None);
        return (code, output.ToString(), messages.ToString());
    }
}
