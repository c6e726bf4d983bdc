using Cockpit.Security;

namespace Cockpit.Hosting;

/// <summary>Where the platform comes from.</summary>
public enum CockpitMode
{
    /// <summary>A simulated platform in this process.</summary>
    Embedded,

    /// <summary>Real servers, named by configuration.</summary>
    Live,
}

/// <summary>What the configuration says about the server as a whole.</summary>
/// <param name="Mode">Where the platform comes from.</param>
/// <param name="Security">Who may look and from where.</param>
/// <param name="SignInsPerMinute">Attempts to sign in that one address has a minute.</param>
/// <param name="ActionsPerMinute">Previews, confirmations and decisions that one person or program has a minute, on screen, phone and API together.</param>
/// <param name="CatalogDirectory">Where the catalog's files are.</param>
public sealed record CockpitSettings(CockpitMode Mode, SecurityOptions Security, int SignInsPerMinute, int ActionsPerMinute, string CatalogDirectory)
{
    /// <summary>Reads the settings and adds what is wrong with them to a list; what is wrong reads as its default.</summary>
    public static CockpitSettings Read(IConfiguration configuration, ICollection<string> errors)
    {
        var mode = configuration["Mode"]?.ToLowerInvariant() == "live" ? CockpitMode.Live : CockpitMode.Embedded;
        if (configuration["Mode"] is { } text && text.ToLowerInvariant() is not ("embedded" or "live"))
            errors.Add($"Mode is '{text}'; accepted: embedded, live");
        var security = ReadSecurity(configuration.GetSection(SecurityOptions.Section), mode, errors);
        foreach (var error in security.Errors()) errors.Add(error);
        var signIns = ReadLimit(configuration, "Security:SignInsPerMinute", 20, errors);
        var actions = ReadLimit(configuration, "Security:ActionsPerMinute", 120, errors);
        var catalog = configuration["Catalog:Directory"] ?? Path.Combine(AppContext.BaseDirectory, "catalog");
        return new CockpitSettings(mode, security, signIns, actions, catalog);
    }

    private static int ReadLimit(IConfiguration configuration, string key, int otherwise, ICollection<string> errors)
    {
        if (configuration[key] is not { } text) return otherwise;
        if (int.TryParse(text, out var limit) && limit >= 1) return limit;
        errors.Add($"{key} is no positive number; accepted: 1 or more");
        return otherwise;
    }

    /// <summary>The framework's binder would stop at the first value it cannot convert, so the one that is no text is read here.</summary>
    private static SecurityOptions ReadSecurity(IConfigurationSection section, CockpitMode mode, ICollection<string> errors)
    {
        const string Viewers = nameof(SecurityOptions.AnonymousViewers);
        var open = mode == CockpitMode.Embedded;
        if (section[Viewers] is { } text && !bool.TryParse(text, out open))
            errors.Add($"{section.Path}:{Viewers} is '{text}'; accepted: true, false");
        return new SecurityOptions
        {
            AnonymousViewers = open,
            AllowedOrigins = [.. section.GetSection(nameof(SecurityOptions.AllowedOrigins)).GetChildren().Select(child => child.Value ?? "")],
            FirstAdminName = section[nameof(SecurityOptions.FirstAdminName)],
            FirstAdminPassword = section[nameof(SecurityOptions.FirstAdminPassword)],
        };
    }
}

/// <summary>The configuration cannot be used. The message names everything that is wrong and what is accepted.</summary>
public sealed class ConfigurationException(IReadOnlyList<string> errors)
    : Exception("The cockpit cannot start:" + string.Concat(errors.Select(error => "\n  " + error)))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}
