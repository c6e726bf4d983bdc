using System.Globalization;
using System.Text;
using Cockpit.Catalog.Reading;
using Cockpit.Domain.OnCall;

namespace Cockpit.Catalog.Export;

/// <summary>Writes an Alertmanager configuration that sends every alert to Cockpit, the urgent ones without delay.</summary>
public static class AlertmanagerExport
{
    /// <summary>Where Cockpit listens by default.</summary>
    public static readonly Uri DefaultWebhook = new("http://127.0.0.1:5080/api/v1/alertmanager");

    /// <param name="catalog">The catalog; its severities decide how soon alerts repeat.</param>
    /// <param name="webhook">Cockpit's webhook.</param>
    /// <param name="tokenFile">File on Alertmanager's machine that holds the webhook's token; null for none.</param>
    public static string Write(PlatformCatalog catalog, Uri? webhook = null, string? tokenFile = null)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Exported from catalog {catalog.Version}. Change the catalog, not this file.
            global:
              resolve_timeout: 5m
            route:
              receiver: cockpit
              group_by: ['alertname', 'service', 'slo']
              group_wait: 10s
              group_interval: 1m
              repeat_interval: 4h
              routes:
                - receiver: cockpit-watchdog
                  matchers: ['alertname="Watchdog"']
                  group_wait: 0s
                  group_interval: 1m
                  repeat_interval: 1m

            """);
        foreach (var severity in catalog.Escalation?.Severities.Where(severity => severity.AlertSeverity is not null) ?? [])
        {
            var isUrgent = severity.AcknowledgeWithin <= TimeSpan.FromMinutes(5);
            text.Append(CultureInfo.InvariantCulture, $"""
                    - receiver: {YamlText.Quoted(ReceiverOf(severity))}
                      matchers: [{YamlText.Quoted($"severity={PromQl.Quoted(severity.AlertSeverity!)}")}]
                      group_wait: {(isUrgent ? "0s" : "10s")}
                      repeat_interval: {Durations.Format(severity.AcknowledgeWithin)}

                """);
        }

        text.Append(
            """
            inhibit_rules:
              - source_matchers: ['severity="critical"', 'slo!=""']
                target_matchers: ['severity="warning"']
                equal: ['slo', 'objective']
            receivers:

            """);
        foreach (var name in catalog.Escalation?.Severities.Where(severity => severity.AlertSeverity is not null).Select(ReceiverOf).Prepend("cockpit-watchdog").Prepend("cockpit").Distinct()
            ?? ["cockpit", "cockpit-watchdog"])
            AppendReceiver(text, name, webhook ?? DefaultWebhook, tokenFile);
        return text.ToString();
    }

    private static string ReceiverOf(SeverityRule severity) => $"cockpit-{severity.Id.ToLowerInvariant()}";

    private static void AppendReceiver(StringBuilder text, string name, Uri webhook, string? tokenFile)
    {
        text.Append(CultureInfo.InvariantCulture, $"""
              - name: {YamlText.Quoted(name)}
                webhook_configs:
                  - url: {YamlText.Quoted(webhook.AbsoluteUri)}
                    send_resolved: true

            """);
        if (tokenFile is null) return;
        text.Append(CultureInfo.InvariantCulture, $"""
                    http_config:
                      authorization:
                        type: Bearer
                        credentials_file: {YamlText.Quoted(tokenFile)}

            """);
    }
}
