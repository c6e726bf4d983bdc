using Microsoft.Extensions.Options;

namespace Cockpit.Connectors.Prometheus;

/// <summary>Fills and checks <see cref="PrometheusOptions"/>.</summary>
internal sealed class PrometheusConfiguration(IConfiguration configuration) : IConfigureOptions<PrometheusOptions>, IValidateOptions<PrometheusOptions>
{
    private const string AcceptedUrl = "accepted is the base address, such as https://prometheus.example:9090 or https://host/prefix.";

    public void Configure(PrometheusOptions options) => Read(options);

    public ValidateOptionsResult Validate(string? name, PrometheusOptions options)
    {
        var problems = Read(new PrometheusOptions());
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private List<string> Read(PrometheusOptions options)
    {
        var section = new ConnectorSection(
            configuration.GetSection(PrometheusOptions.Section), "Url", "BearerToken", "User", "Password", "CaFile", "Timeout");
        options.Url = ReadUrl(section);
        options.BearerToken = section.Secret("BearerToken")?.Trim();
        options.User = section.Text("User");
        options.Password = section.Secret("Password");
        options.CaFile = section.CaFile("CaFile");
        options.Timeout = section.Timeout("Timeout", options.Timeout);
        if (options.BearerToken is not null && options.User is not null)
            section.Problem("BearerToken", "stands beside Prometheus:User; accepted is one of them.");
        if (options.BearerToken?.Any(character => character is <= ' ' or > '~') == true)
            section.Problem("BearerToken", "holds a space or a character outside ASCII; accepted is the bare token.");
        if (options.User is null != options.Password is null)
            section.Problem("Password", "and Prometheus:User go together; accepted are both or neither.");
        if (options.User?.Contains(':') == true)
            section.Problem("User", "holds a colon; basic authentication accepts a name without one.");
        return section.Problems;
    }

    private static Uri? ReadUrl(ConnectorSection section)
    {
        var text = section.Text("Url");
        if (text is null)
        {
            section.Problem("Url", $"is missing; {AcceptedUrl}");
            return null;
        }

        if (!Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
            section.Problem("Url", $"is not an http or https address; {AcceptedUrl}");
        else if (url.UserInfo.Length > 0)
            section.Problem("Url", "holds credentials; accepted is the address alone, with Prometheus:User and Prometheus:Password beside it.");
        else if (url.Query.Length > 0 || url.Fragment.Length > 0)
            section.Problem("Url", $"holds a query or a fragment; {AcceptedUrl}");
        else
            return url;
        return null;
    }
}
