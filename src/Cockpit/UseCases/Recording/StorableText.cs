using System.Text;

namespace Cockpit.UseCases.Recording;

/// <summary>Which text comes back from every storage exactly as it went in.</summary>
internal static class StorableText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>True when UTF-8 can carry the text unchanged and PostgreSQL accepts it: no lone surrogate and no U+0000.</summary>
    public static bool IsWellFormed(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal)) return false;
        try
        {
            Strict.GetByteCount(text);
            return true;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }
}
