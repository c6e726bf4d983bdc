using System.Globalization;

namespace Cockpit.Components.Executive;

/// <summary>Writes amounts of money for a glance: no cents, thousands apart, millions short.</summary>
public static class Money
{
    private const char Space = '\u202F';

    /// <summary>The amount with its currency: $ 18 400.</summary>
    public static string Write(decimal amount, string currency)
    {
        var sign = currency switch { "USD" => "$", "EUR" => "€", "GBP" => "£", _ => currency };
        return $"{sign}{Space}{Number(amount)}";
    }

    private static string Number(decimal amount) => amount switch
    {
        >= 999_500 => $"{(amount / 1_000_000).ToString(amount < 9_950_000 ? "0.##" : "0.#", CultureInfo.InvariantCulture)}{Space}M",
        > 0 and < 0.5m => "<1",
        _ => Math.Round(amount, MidpointRounding.AwayFromZero).ToString("#,##0", CultureInfo.InvariantCulture).Replace(',', Space),
    };
}
