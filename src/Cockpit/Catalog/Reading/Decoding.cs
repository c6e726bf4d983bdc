using System.Text;

namespace Cockpit.Catalog.Reading;

/// <summary>Turns the bytes of a file into text, or says at which line it is not text.</summary>
internal static class Decoding
{
    public const int MaxBytes = 1 << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text with line ends as <c>\n</c>, or null after reporting why there is none.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes, Findings findings)
    {
        if (bytes.Length > MaxBytes)
        {
            findings.Add(Mark.Start, "", $"the file has {bytes.Length} bytes", $"at most {MaxBytes} bytes");
            return null;
        }

        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            findings.Add(Mark.Start, "", "the file is UTF-16", "UTF-8");
            return null;
        }

        var nul = bytes.IndexOf((byte)0);
        if (nul >= 0)
        {
            findings.Add(MarkAt(bytes, nul), "", "the file holds a NUL character", "UTF-8 text");
            return null;
        }

        try
        {
            return Strict.GetString(bytes).ReplaceLineEndings("\n");
        }
        catch (DecoderFallbackException invalid)
        {
            findings.Add(MarkAt(bytes, Math.Clamp(invalid.Index, 0, bytes.Length)), "", "the file is not valid UTF-8", "UTF-8");
            return null;
        }
    }

    private static Mark MarkAt(ReadOnlySpan<byte> bytes, int index)
    {
        var before = bytes[..index];
        return new Mark(before.Count((byte)'\n') + 1, index - before.LastIndexOf((byte)'\n'));
    }
}
