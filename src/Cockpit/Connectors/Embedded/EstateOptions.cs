using Cockpit.Estate;
using Microsoft.Extensions.Options;

namespace Cockpit.Connectors.Embedded;

/// <summary>How the simulated estate starts; section <c>Estate</c>.</summary>
public sealed class EstateOptions
{
    public const string Section = "Estate";

    /// <summary>Which of the possible days it is; the same seed gives the same day.</summary>
    public ulong Seed { get; set; } = 7;

    /// <summary>Simulated seconds a real second, in [1, 120].</summary>
    public double Speed { get; set; } = 1;

    /// <summary>Drills that are on from the start, by name.</summary>
    public List<string> Faults { get; set; } = [];
}

internal sealed class EstateOptionsValidation : IValidateOptions<EstateOptions>
{
    public ValidateOptionsResult Validate(string? name, EstateOptions options)
    {
        var failures = new List<string>();
        if (options.Speed is not (>= EstateClock.SlowestSpeed and <= EstateClock.FastestSpeed))
            failures.Add($"{EstateOptions.Section}:Speed is {options.Speed}; accepted are numbers from 1 to 120.");
        for (var i = 0; i < options.Faults.Count; i++)
        {
            if (EstateFaults.Find(options.Faults[i]) is not null) continue;
            var accepted = string.Join(", ", EstateFaults.All.Select(fault => fault.Name));
            failures.Add($"{EstateOptions.Section}:Faults:{i} is \"{options.Faults[i]}\"; accepted are {accepted}.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
