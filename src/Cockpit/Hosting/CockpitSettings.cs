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
/// <param name="CatalogDirectory">Where the catalog's files are.</param>
public sealed record CockpitSettings(CockpitMode Mode, SecurityOptions Security, int SignInsPerMinute, string CatalogDirectory)
{
    /// <summary>Reads the settings and adds what is wrong with them to a list; what is wrong reads as its default.</summary>
    public static CockpitSettings Read(IConfiguration configuration, ICollection<string> errors)
    {
        var mode = CockpitMode.Embedded;
        if (configuration["Mode"] is { } text && (!Enum.TryParse(text, ignoreCase: true, out mode) || !Enum.IsDefined(mode) || int.TryParse(text, out _)))
            errors.Add($"Mode is '{text}'; accepted: embedded, live");
        var security = configuration.GetSection(SecurityOptions.Section).Get<SecurityOptions>() ?? new SecurityOptions();
        if (configuration[$"{SecurityOptions.Section}:{nameof(SecurityOptions.AnonymousViewers)}"] is null)
            security.AnonymousViewers = mode == CockpitMode.Embedded;
        foreach (var error in security.Errors()) errors.Add(error);
        if (!int.TryParse(configuration["Security:SignInsPerMinute"] ?? "20", out var signIns) || signIns < 1)
            errors.Add("Security:SignInsPerMinute is no positive number; accepted: 1 or more");
        var catalog = configuration["Catalog:Directory"] ?? Path.Combine(AppContext.BaseDirectory, "catalog");
        return new CockpitSettings(mode, security, signIns, catalog);
    }
}

/// <summary>The configuration cannot be used. The message names everything that is wrong and what is accepted.</summary>
public sealed class ConfigurationException(IReadOnlyList<string> errors)
    : Exception("The cockpit cannot start:" + string.Concat(errors.Select(error => "\n  " + error)))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}
