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

/// <summary>What the configuration says about the server as a whole, checked at start.</summary>
public sealed record CockpitSettings(CockpitMode Mode, SecurityOptions Security, int SignInsPerMinute)
{
    /// <summary>Reads the settings.</summary>
    /// <exception cref="ConfigurationException">Something is wrong; every error is named.</exception>
    public static CockpitSettings Read(IConfiguration configuration)
    {
        var errors = new List<string>();
        var mode = CockpitMode.Embedded;
        if (configuration["Mode"] is { } text && (!Enum.TryParse(text, ignoreCase: true, out mode) || !Enum.IsDefined(mode)))
            errors.Add($"Mode is '{text}'; accepted: embedded, live");
        var security = configuration.GetSection(SecurityOptions.Section).Get<SecurityOptions>() ?? new SecurityOptions();
        if (configuration[$"{SecurityOptions.Section}:{nameof(SecurityOptions.AnonymousViewers)}"] is null)
            security.AnonymousViewers = mode == CockpitMode.Embedded;
        errors.AddRange(security.Errors());
        if (!int.TryParse(configuration["Security:SignInsPerMinute"] ?? "20", out var signIns) || signIns < 1)
            errors.Add("Security:SignInsPerMinute is no positive number; accepted: 1 or more");
        return errors.Count == 0 ? new CockpitSettings(mode, security, signIns) : throw new ConfigurationException(errors);
    }
}

/// <summary>The configuration cannot be used. The message names every key that is wrong and what each accepts.</summary>
public sealed class ConfigurationException(IReadOnlyList<string> errors)
    : Exception("The configuration cannot be used:" + string.Concat(errors.Select(error => "\n  " + error)))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}
