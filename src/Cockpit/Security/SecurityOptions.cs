namespace Cockpit.Security;

/// <summary>Who may look and from where.</summary>
public sealed class SecurityOptions
{
    public const string Section = "Security";

    /// <summary>Whether somebody who has not signed in may look. True in embedded mode unless set, false in live mode.</summary>
    public bool AnonymousViewers { get; set; }

    /// <summary>Origins beside the cockpit's own from which browsers may open its hubs, as <c>https://host[:port]</c>.</summary>
    public string[] AllowedOrigins { get; set; } = [];

    /// <summary>Name of the first administrator, created when there are no users. Live mode.</summary>
    public string? FirstAdminName { get; set; }

    /// <summary>Password of the first administrator; at least 12 characters.</summary>
    public string? FirstAdminPassword { get; set; }

    public IEnumerable<string> Errors()
    {
        foreach (var origin in AllowedOrigins)
            if (!IsOrigin(origin))
                yield return $"{Section}:AllowedOrigins holds '{origin}'; accepted: an origin such as https://cockpit.example.org";
        if (FirstAdminPassword is { Length: < 12 })
            yield return $"{Section}:FirstAdminPassword is too short; accepted: at least 12 characters";
        if (FirstAdminPassword is not null && string.IsNullOrWhiteSpace(FirstAdminName))
            yield return $"{Section}:FirstAdminName is missing; accepted: a name, because {Section}:FirstAdminPassword is set";
    }

    /// <summary>As browsers send it: no path, not even a slash, and no default port. Anything else would match nobody.</summary>
    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", UserInfo: "" }
        && string.Equals(text, uri.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
}
