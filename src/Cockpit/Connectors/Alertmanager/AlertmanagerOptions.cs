using System.Globalization;
using Cockpit.UseCases.Notifying;

namespace Cockpit.Connectors.Alertmanager;

/// <summary>Who may post alerts, and what is expected of them. Section <c>Alertmanager</c>.</summary>
/// <param name="Token">The bearer token; null when there is none.</param>
/// <param name="User">Name for basic authentication; null when there is none.</param>
/// <param name="Password">Password for basic authentication.</param>
/// <param name="MaxBytes">Largest delivery.</param>
/// <param name="Watchdog">The alert that must always arrive.</param>
/// <param name="Url">Alertmanager's own address, for people; null when unknown.</param>
internal sealed record AlertmanagerOptions(string? Token, string? User, string? Password, int MaxBytes, WatchdogRule Watchdog, Uri? Url)
{
    public const string Section = "Alertmanager";

    private const int UsualMaxBytes = 16 * 1024 * 1024;
    private const int MostMaxBytes = 256 * 1024 * 1024;

    /// <summary>True when somebody may post at all.</summary>
    public bool IsOpen => Token is not null || User is not null;

    /// <summary>Reads the section and adds what is wrong with it to a list.</summary>
    public static AlertmanagerOptions Read(IConfiguration configuration, ICollection<string> errors)
    {
        var section = new ConnectorSection(
            configuration.GetSection(Section), "Url", "Token", "TokenFile", "User", "Password", "MaxBytes", "WatchdogAlert", "WatchdogSilence");
        var token = section.Secret("Token")?.Trim() ?? FromFile(section);
        var (user, password) = (section.Text("User"), section.Secret("Password"));
        if (user is null != password is null) section.Problem("Password", "and Alertmanager:User go together; accepted are both or neither.");
        if (token is { Length: < 8 }) section.Problem("Token", "is too short; accepted is a token of at least 8 characters.");
        var bytes = UsualMaxBytes;
        if (section.Text("MaxBytes") is { } size
            && (!int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out bytes) || bytes is < 1024 or > MostMaxBytes))
        {
            section.Problem("MaxBytes", "must be a number of bytes between 1024 and 268435456.");
            bytes = UsualMaxBytes;
        }

        Uri? url = null;
        if (section.Text("Url") is { } address && (!Uri.TryCreate(address, UriKind.Absolute, out url) || url.Scheme is not ("http" or "https")))
            section.Problem("Url", "is not an http or https address.");
        var options = new AlertmanagerOptions(token, user, password, bytes, new WatchdogRule(section.Text("WatchdogAlert") ?? "Watchdog", Silence(section)), url);
        foreach (var problem in section.Problems) errors.Add(problem);
        return options;
    }

    private static TimeSpan? Silence(ConnectorSection section)
    {
        if (section.Text("WatchdogSilence") is not { } text) return null;
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && text.Contains(':') && span >= TimeSpan.FromMinutes(1) && span <= TimeSpan.FromHours(24)) return span;
        section.Problem("WatchdogSilence", "must be a time such as 00:10:00, between one minute and 24 hours.");
        return null;
    }

    private static string? FromFile(ConnectorSection section)
    {
        if (section.Text("TokenFile") is not { } path) return null;
        try
        {
            return File.ReadAllText(path).Trim() is { Length: > 0 } token ? token : throw new IOException("it is empty");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            section.Problem("TokenFile", $"cannot be read: {unreadable.Message}");
            return null;
        }
    }
}
