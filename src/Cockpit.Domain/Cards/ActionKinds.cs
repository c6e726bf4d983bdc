namespace Cockpit.Domain.Cards;

/// <summary>What an action does.</summary>
public enum ActionKind
{
    /// <summary>Sets a higher replica count; goes up only.</summary>
    ScaleOut,

    /// <summary>Sets a lower replica count; goes down only.</summary>
    ScaleDown,

    /// <summary>Raises the count that an autoscaler keeps at least; what scaling out comes to where an autoscaler owns the replicas.</summary>
    RaiseMinimum,

    /// <summary>Sets keys of a ConfigMap.</summary>
    PatchConfigMap,

    /// <summary>Sets environment variables of a workload's container; its pods restart.</summary>
    EnvPatch,

    /// <summary>Sets requests and limits of a workload's container; its pods restart.</summary>
    ResourcesPatch,

    /// <summary>Replaces a workload's pods one after another.</summary>
    RolloutRestart,

    /// <summary>Returns a workload to an earlier revision.</summary>
    Undo,

    /// <summary>Deletes one pod so that its controller makes a new one.</summary>
    DeletePod,

    /// <summary>Asks Sentinel to elect another Redis master.</summary>
    SentinelFailover,

    /// <summary>Ends chosen client sessions of a database.</summary>
    TerminateBackends,

    /// <summary>Refreshes a database's planner statistics.</summary>
    Analyze,

    /// <summary>Reclaims dead rows and refreshes statistics.</summary>
    Vacuum,

    /// <summary>Rebuilds a table's indexes without blocking writes.</summary>
    Reindex,

    /// <summary>Points a Service's whole traffic at other endpoints.</summary>
    TrafficSwitch,

    /// <summary>Shares a Service's traffic between two sets of endpoints by their ready replicas.</summary>
    TrafficSplit,

    /// <summary>Takes replicas out of service step by step, down only.</summary>
    TrafficDrain,

    /// <summary>Brings replicas back step by step to the remembered count.</summary>
    TrafficRestore,

    /// <summary>Sends a message to people.</summary>
    Notify,

    /// <summary>Reads and shows; changes nothing.</summary>
    Check,
}

/// <summary>How dangerous an action is; decides how it is confirmed.</summary>
public enum ActionRisk
{
    /// <summary>A click, with a few seconds to cancel.</summary>
    Low,

    /// <summary>Held, or a second page to confirm.</summary>
    Medium,

    /// <summary>The target's name is typed and a reason given.</summary>
    High,

    /// <summary>As high, and another person approves.</summary>
    Critical,
}

/// <summary>How the outcome of an action is known when the answer was lost.</summary>
public enum ReadBack
{
    /// <summary>Not at all: it is sent at most once.</summary>
    None,

    /// <summary>The target holds the absolute value that was set; repeating is harmless.</summary>
    Value,

    /// <summary>The target carries the execution's id.</summary>
    Mark,

    /// <summary>Another node holds the role.</summary>
    Role,

    /// <summary>The object with the old uid is gone.</summary>
    UidGone,
}

/// <summary>What the target offers to try an action without doing it.</summary>
public enum DryRun
{
    /// <summary>The server validates and admits the change without keeping it.</summary>
    Server,

    /// <summary>The list of what would be hit is shown.</summary>
    List,

    /// <summary>The message is shown.</summary>
    Message,

    /// <summary>Nothing; it is never shown as accepted.</summary>
    NotAvailable,
}

/// <summary>What sort of thing an action is done to.</summary>
public enum TargetKind
{
    /// <summary>A Kubernetes Deployment.</summary>
    Deployment,

    /// <summary>A Kubernetes ConfigMap.</summary>
    ConfigMap,

    /// <summary>A Kubernetes Service.</summary>
    Service,

    /// <summary>A Kubernetes pod.</summary>
    Pod,

    /// <summary>A Redis group that Sentinel watches; its name is the group's.</summary>
    RedisGroup,

    /// <summary>A PostgreSQL server; its name is <c>primary</c> or a standby's.</summary>
    Database,

    /// <summary>A group of people.</summary>
    People,
}

/// <summary>What an input accepts.</summary>
public enum InputKind
{
    /// <summary>A workload of the target's namespace.</summary>
    Workload,

    /// <summary>A pod of the target's namespace.</summary>
    Pod,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A database table.</summary>
    Table,

    /// <summary>Database sessions chosen from a list, by pid and start.</summary>
    Backends,

    /// <summary>One of a workload's revisions.</summary>
    Revision,

    /// <summary>One of the two colours of a release.</summary>
    Colour,

    /// <summary>Free text.</summary>
    Text,
}

/// <summary>A circumstance that lowers a risk.</summary>
public enum RiskCircumstance
{
    /// <summary>The Redis master does not answer.</summary>
    MasterUnreachable,
}

/// <summary>A guard that only some actions pass, beyond the common ones.</summary>
public enum ActionGuard
{
    /// <summary>The primary has connections to spare for the reads it will take over.</summary>
    PrimaryHasHeadroom,

    /// <summary>No real orders flow, unless the approver knows it.</summary>
    NoRealOrders,

    /// <summary>The failover candidate has caught up, or that cannot be measured and is said.</summary>
    CandidateCaughtUp,

    /// <summary>Traffic goes to ready endpoints only.</summary>
    ReadyEndpoints,

    /// <summary>Only client sessions are ended, each named by pid and start.</summary>
    ClientBackendsOnly,

    /// <summary>Pods restart, and the person is told.</summary>
    RestartsPods,

    /// <summary>The change works without a restart, or which workload must restart is said.</summary>
    TakesEffectWithoutRestart,
}
