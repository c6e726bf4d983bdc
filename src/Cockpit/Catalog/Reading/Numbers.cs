using System.Globalization;

namespace Cockpit.Catalog.Reading;

/// <summary>Decimal numbers as YAML and JSON write them; always finite.</summary>
internal static class Numbers
{
    public static bool TryParse(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number)
        && double.IsFinite(number);
}
