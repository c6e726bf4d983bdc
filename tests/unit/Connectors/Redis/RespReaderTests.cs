using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Cockpit.Connectors.Redis;

namespace Cockpit.Tests.Connectors.Redis;

public sealed class RespReaderTests
{
    [Theory]
    [InlineData("+OK\r\n", "'OK'")]
    [InlineData("+\r\n", "''")]
    [InlineData("-ERR no such thing\r\n", "!ERR no such thing")]
    [InlineData("-OOPS\r\n", "!OOPS ")]
    [InlineData(":0\r\n", "0")]
    [InlineData(":-9223372036854775808\r\n", "-9223372036854775808")]
    [InlineData(":+7\r\n", "7")]
    [InlineData("$5\r\nhe\r\nl\r\n", "'he\r\nl'")]
    [InlineData("$0\r\n\r\n", "''")]
    [InlineData("$-1\r\n", "null")]
    [InlineData("*-1\r\n", "null")]
    [InlineData("_\r\n", "null")]
    [InlineData("*0\r\n", "[]")]
    [InlineData("*2\r\n:1\r\n*1\r\n$1\r\na\r\n", "[1 ['a']]")]
    [InlineData("#t\r\n", "true")]
    [InlineData("#f\r\n", "false")]
    [InlineData(",1.5e3\r\n", "1500.0")]
    [InlineData(",-inf\r\n", "-Infinity.0")]
    [InlineData(",nan\r\n", "NaN.0")]
    [InlineData("(3492890328409238509324850943850943825024385\r\n", "3492890328409238509324850943850943825024385n")]
    [InlineData("!21\r\nSYNTAX invalid syntax\r\n", "!SYNTAX invalid syntax")]
    [InlineData("=8\r\ntxt:a\r\nb\r\n", "txt'a\r\nb'")]
    [InlineData("%2\r\n+a\r\n:1\r\n+b\r\n_\r\n", "{'a':1 'b':null}")]
    [InlineData("~2\r\n:1\r\n:2\r\n", "<1 2>")]
    [InlineData("|1\r\n+ttl\r\n:3600\r\n+OK\r\n", "'OK'")]
    [InlineData("*2\r\n:1\r\n|1\r\n+ttl\r\n:3600\r\n:2\r\n", "[1 2]")]
    [InlineData(">2\r\n+invalidate\r\n+x\r\n+OK\r\n", "'OK'")]
    [InlineData("$?\r\n;4\r\nHell\r\n;1\r\no\r\n;0\r\n", "'Hello'")]
    [InlineData("*?\r\n:1\r\n*?\r\n.\r\n.\r\n", "[1 []]")]
    [InlineData("%?\r\n+a\r\n:1\r\n.\r\n", "{'a':1}")]
    [InlineData("~?\r\n:1\r\n.\r\n", "<1>")]
    [InlineData("$3\r\nß!\r\n", "'ß!'")]
    public async Task Value_of_every_kind_is_read_whole_and_byte_by_byte(string bytes, string expected)
    {
        Assert.Equal(expected, Show(await ReadAsync(bytes, chunk: int.MaxValue)));
        Assert.Equal(expected, Show(await ReadAsync(bytes, chunk: 1)));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n")]
    [InlineData("\r\n")]
    [InlineData("+OK\n")]
    [InlineData(":\r\n")]
    [InlineData(":12a\r\n")]
    [InlineData(":99999999999999999999\r\n")]
    [InlineData("$-2\r\n")]
    [InlineData("$x\r\n")]
    [InlineData("$3\r\nabcde\r\n")]
    [InlineData("*-7\r\n")]
    [InlineData("%-1\r\n")]
    [InlineData("!-1\r\n")]
    [InlineData("=2\r\nab\r\n")]
    [InlineData("#x\r\n")]
    [InlineData("_x\r\n")]
    [InlineData(",one\r\n")]
    [InlineData("(1.5\r\n")]
    [InlineData(".\r\n")]
    [InlineData("*1\r\n.\r\n")]
    [InlineData("%?\r\n+a\r\n.\r\n")]
    [InlineData("$?\r\n+a\r\n")]
    [InlineData("$2000000\r\n")]
    [InlineData("*9223372036854775807\r\n")]
    public async Task Bytes_outside_the_protocol_or_its_limits_are_refused(string bytes) =>
        await Assert.ThrowsAsync<RespProtocolException>(() => ReadAsync(bytes, int.MaxValue));

    [Theory]
    [InlineData("")]
    [InlineData("+O")]
    [InlineData("$5\r\nhel")]
    [InlineData("$5\r\nhello")]
    [InlineData("*2\r\n:1\r\n")]
    [InlineData("%1\r\n+a\r\n")]
    [InlineData("$?\r\n;4\r\nHell\r\n")]
    [InlineData("*?\r\n:1\r\n")]
    public async Task Cut_off_value_is_an_end_of_stream(string bytes) =>
        await Assert.ThrowsAsync<EndOfStreamException>(() => ReadAsync(bytes, int.MaxValue));

    [Fact]
    public async Task Budget_is_one_replys_and_not_the_connections()
    {
        var limits = new RespLimits(100, 100, 150, 3, 2);
        var reader = new RespReader(new RespInput(PipeReader.Create(new MemoryStream("*2\r\n$90\r\n"u8.ToArray().Concat(Text(90)).Concat("+a\r\n"u8.ToArray())
            .Concat("*2\r\n$90\r\n"u8.ToArray()).Concat(Text(90)).Concat("$90\r\n"u8.ToArray()).Concat(Text(90)).ToArray())), limits));

        await reader.ReadAsync(default);

        var failure = await Assert.ThrowsAsync<RespProtocolException>(() => reader.ReadAsync(default).AsTask());
        Assert.Equal("sent a reply larger than the limit", failure.Message);
    }

    private static byte[] Text(int length) => Encoding.ASCII.GetBytes(new string('x', length) + "\r\n");

    private static async Task<RespValue> ReadAsync(string bytes, int chunk) =>
        await new RespReader(new RespInput(PipeReader.Create(new ChunkedStream(Encoding.UTF8.GetBytes(bytes), chunk)), RespLimits.Default)).ReadAsync(default);

    private static string Show(RespValue value) => value switch
    {
        RespValue.Error error => $"!{error.Code} {error.Message}",
        RespValue.Verbatim verbatim => $"{verbatim.Format}'{verbatim.Value}'",
        { Text: { } text } => $"'{text}'",
        RespValue.Null => "null",
        RespValue.Number number => $"{number.Value}",
        RespValue.Double number => number.Value.ToString(CultureInfo.InvariantCulture) + ".0",
        RespValue.Boolean flag => flag.Value ? "true" : "false",
        RespValue.Big big => $"{big.Value}n",
        RespValue.Map map => $"{{{string.Join(' ', map.Pairs.Select(pair => $"{Show(pair.Key)}:{Show(pair.Value)}"))}}}",
        RespValue.Set set => $"<{string.Join(' ', set.Values.Select(Show))}>",
        RespValue.List list => $"[{string.Join(' ', list.Values.Select(Show))}]",
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    private sealed class ChunkedStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(chunk, buffer.Length)], cancellationToken);
    }
}
