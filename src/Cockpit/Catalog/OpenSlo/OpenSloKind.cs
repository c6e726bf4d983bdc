namespace Cockpit.Catalog.OpenSlo;

/// <summary>The kinds of OpenSLO v1, spelt as the specification spells them.</summary>
internal static class OpenSloKind
{
    public const string Slo = "SLO";
    public const string Sli = "SLI";
    public const string AlertPolicy = "AlertPolicy";
    public const string AlertCondition = "AlertCondition";
    public const string AlertNotificationTarget = "AlertNotificationTarget";
    public const string DataSource = "DataSource";
    public const string Service = "Service";

    public static readonly IReadOnlyList<string> All = [Slo, Sli, AlertPolicy, AlertCondition, AlertNotificationTarget, DataSource, Service];
}
