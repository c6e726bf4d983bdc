namespace Cockpit.E2E.Lab;

/// <summary>Where the lab's servers are, as its start script exports it.</summary>
internal static class LabSetting
{
    public static string Get(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException($"{name} is not set; start the lab and export its settings first.");
}
