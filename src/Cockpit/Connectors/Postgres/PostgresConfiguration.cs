using Microsoft.Extensions.Options;
using Npgsql;

namespace Cockpit.Connectors.Postgres;

/// <summary>Fills and checks <see cref="PostgresOptions"/>. What is wrong inside a connection string is never quoted: it may be a password.</summary>
internal sealed class PostgresConfiguration(IConfiguration configuration) : IConfigureOptions<PostgresOptions>, IValidateOptions<PostgresOptions>
{
    private const string Accepted =
        "accepted is Host=…;Port=…;Database=…;Username=…;Password=… (a value that holds ; or = stands in quotes).";

    public void Configure(PostgresOptions options) => Read(options);

    public ValidateOptionsResult Validate(string? name, PostgresOptions options)
    {
        var problems = Read(new PostgresOptions());
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private List<string> Read(PostgresOptions options)
    {
        var section = new ConnectorSection(configuration.GetSection(PostgresOptions.Section), "Primary", "Actions", "Standbys", "Timeout");
        options.Primary = section.Text("Primary") ?? "";
        Check(section, "Primary", options.Primary);
        options.Actions = section.Text("Actions") ?? "";
        if (options.Actions.Length > 0) Check(section, "Actions", options.Actions);
        options.Standbys = ReadStandbys(section);
        options.Timeout = section.Timeout("Timeout", options.Timeout);
        return section.Problems;
    }

    private static List<PostgresStandby> ReadStandbys(ConnectorSection section)
    {
        if (section.Text("Standbys") is not null) section.Problem("Standbys", "is one value; accepted is a list, each with Name and ConnectionString.");
        var standbys = new List<PostgresStandby>();
        foreach (var child in section.Children("Standbys"))
        {
            var entry = new ConnectorSection(child, "Name", "ConnectionString");
            var name = entry.Text("Name");
            if (name is null)
                entry.Problem("Name", "is missing; accepted is the standby's name, best its application_name in replication.");
            else if (standbys.Any(known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase)))
                entry.Problem("Name", "names a standby twice; accepted is a name of its own.");
            var connectionString = entry.Text("ConnectionString") ?? "";
            Check(entry, "ConnectionString", connectionString);
            section.Problems.AddRange(entry.Problems);
            standbys.Add(new(name ?? "", connectionString));
        }

        return standbys;
    }

    private static void Check(ConnectorSection section, string key, string connectionString)
    {
        if (connectionString.Length == 0)
        {
            section.Problem(key, $"is missing; {Accepted}");
            return;
        }

        try
        {
            var parsed = new NpgsqlConnectionStringBuilder(connectionString);
            if (string.IsNullOrWhiteSpace(parsed.Host)) section.Problem(key, $"names no Host; {Accepted}");
            else if (parsed.Host.Contains(',')) section.Problem(key, "names several hosts; accepted is the one server that is meant.");
        }
        // The parser's own words repeat a part of the text.
        catch (Exception malformed) when (malformed is ArgumentException or FormatException or OverflowException or KeyNotFoundException or InvalidCastException)
        {
            section.Problem(key, $"is not a PostgreSQL connection string; {Accepted}");
        }
    }
}
