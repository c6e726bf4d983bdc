using System.Collections.Immutable;
using Cockpit.Catalog.OpenSlo;
using Cockpit.Catalog.Readers;
using Cockpit.Catalog.Reading;
using Cockpit.Domain.Capacity;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Maintenance;
using Cockpit.Domain.OnCall;
using Cockpit.Domain.Runbooks;
using Cockpit.UseCases.Guiding;

namespace Cockpit.Catalog;

/// <summary>One loading of a catalog: gathers what each file holds, then checks what they say about each other.</summary>
internal sealed class CatalogReading
{
    private readonly Lookups _lookups = new();
    private readonly List<Findings> _findings = [];
    private readonly HashSet<string> _seen = [];
    private readonly List<OpenSloObject> _openSlo = [];
    private readonly List<Card> _cards = [];
    private readonly List<Runbook> _runbooks = [];
    private readonly List<RuleGroup> _groups = [];
    private ImmutableArray<ServiceDefinition> _services = [];
    private ImmutableArray<SignalDefinition> _signals = [];
    private ImmutableArray<RunbookIndexEntry> _index = [];
    private ImmutableArray<CommandGroup> _commands = [];
    private ImmutableArray<ChangeFreeze> _freezes = [];
    private OnCallPlan? _onCall;
    private EscalationPlan? _escalation;
    private CapacityPlan? _capacity;
    private ImpactModel? _impact;
    private DashboardPlan? _dashboards;
    private MessageTemplates? _messages;

    public CatalogReading()
    {
        foreach (var figure in DerivedFigure.All) _lookups.DeclareBuiltIn("signal", figure.Id);
    }

    public void Nothing()
    {
        var findings = new Findings("");
        findings.Add(Mark.Start, "", "the directory holds no catalog file", "slos/, alerts/, cards/, runbooks/ and the files beside them");
        _findings.Add(findings);
    }

    public void Read(CatalogFile file)
    {
        var findings = new Findings(file.Path);
        _findings.Add(findings);
        if (file.Bytes is null)
        {
            findings.Add(Mark.Start, "", file.Failure ?? "the file cannot be read");
            return;
        }

        var isMarkdown = file.Path.EndsWith(".md", StringComparison.OrdinalIgnoreCase);
        if (file.Path.StartsWith("runbooks/", StringComparison.Ordinal) && isMarkdown) ReadRunbook(file, findings);
        else if (!isMarkdown) ReadDocuments(file.Path, Documents.Read(file.Bytes, findings), findings);
    }

    public CatalogLoad Finish(string version)
    {
        var slos = OpenSloSet.Resolve(_openSlo);
        LeaveOpenWhatNobodyDeclares();
        CheckServicesOf(slos);
        _lookups.Check();
        var catalog = new PlatformCatalog
        {
            Version = version,
            Services = _services,
            Signals = _signals,
            Slos = slos.Slos,
            Indicators = slos.Indicators,
            OpenSloObjects = slos.Objects,
            AlertGroups = [.. _groups],
            Cards = [.. _cards.OrderBy(card => card.Number)],
            Runbooks = [.. _runbooks.OrderBy(runbook => runbook.Number)],
            Freezes = _freezes,
            RunbookIndex = _index,
            Commands = _commands,
            OnCall = _onCall,
            Escalation = _escalation,
            Capacity = _capacity,
            Impact = _impact,
            Dashboards = _dashboards,
            Messages = _messages ?? MessageTemplates.Usual,
        };
        return new CatalogLoad(
            catalog,
            [.. _findings.SelectMany(findings => findings.Errors).OrderBy(error => error.File, StringComparer.Ordinal).ThenBy(error => error.Line).ThenBy(error => error.Column)],
            [.. _findings.SelectMany(findings => findings.Assumptions)]);
    }

    private void ReadDocuments(string path, ImmutableArray<Node> documents, Findings findings)
    {
        var folder = path.Contains('/', StringComparison.Ordinal) ? path[..path.IndexOf('/', StringComparison.Ordinal)] : "";
        var name = Path.GetFileNameWithoutExtension(path);
        switch (folder)
        {
            case "slos":
                ReadOpenSlo(documents, findings);
                return;
            case "alerts":
                One(path, documents, findings, fields => _groups.AddRange(RuleFileReader.Read(fields, _lookups)), many: true);
                return;
            case "cards":
                One(path, documents, findings, fields => Keep(_cards, findings, () => CardReader.Read(fields, _lookups)), many: true);
                return;
            case "runbooks" when name == "index":
                One("runbooks/index", documents, findings, fields => _index = PagesReader.ReadIndex(fields, _lookups));
                return;
            case "":
                ReadTopLevel(name, documents, findings);
                return;
            default:
                findings.Add(Mark.Start, "", "the file stands where no catalog file belongs", "slos/, alerts/, cards/, runbooks/ or the catalog's own directory");
                return;
        }
    }

    private void ReadTopLevel(string name, ImmutableArray<Node> documents, Findings findings)
    {
        switch (name)
        {
            case "services":
                One(name, documents, findings, fields => _services = ServicesReader.Read(fields, _lookups));
                break;
            case "signals":
                One(name, documents, findings, fields => _signals = ServicesReader.ReadSignals(fields, _lookups));
                break;
            case "on-call":
                One(name, documents, findings, fields => _onCall = Kept(findings, () => PeopleReader.ReadOnCall(fields, _lookups)));
                break;
            case "escalation":
                One(name, documents, findings, fields => _escalation = Kept(findings, () => PeopleReader.ReadEscalation(fields, _lookups)));
                break;
            case "capacity":
                One(name, documents, findings, fields => _capacity = Kept(findings, () => CapacityReader.Read(fields, _lookups)));
                break;
            case "impact":
                One(name, documents, findings, fields => _impact = Kept(findings, () => PagesReader.ReadImpact(fields, _lookups)));
                break;
            case "freezes":
                One(name, documents, findings, fields => _freezes = FreezeReader.Read(fields));
                break;
            case "messages":
                One(name, documents, findings, fields => _messages = Kept(findings, () => MessagesReader.Read(fields)));
                break;
            case "commands":
                One(name, documents, findings, fields => _commands = PagesReader.ReadCommands(fields, _lookups));
                break;
            case "dashboards":
                One(name, documents, findings, fields => _dashboards = Kept(findings, () => PagesReader.ReadDashboards(fields, _lookups)));
                break;
            default:
                ReadByShape(documents, findings);
                break;
        }
    }

    /// <summary>A file of another name in the top directory is taken for what it looks like, so that a lone OpenSLO or rule file can be checked.</summary>
    private void ReadByShape(ImmutableArray<Node> documents, Findings findings)
    {
        if (documents.Any(document => document is Mapping mapping && mapping["groups"] is not null))
            One(findings.File, documents, findings, fields => _groups.AddRange(RuleFileReader.Read(fields, _lookups)), many: true);
        else if (documents.Any(LooksLikeOpenSlo)) ReadOpenSlo(documents, findings);
        else if (findings.Count == 0)
            findings.Add(Mark.Start, "", "the file is none that a catalog knows", "services, signals, on-call, escalation, capacity, impact, dashboards, freezes, messages or commands, an OpenSLO document or a Prometheus rule file");
    }

    private static bool LooksLikeOpenSlo(Node document) => document switch
    {
        Mapping mapping => mapping["apiVersion"] is not null || mapping["kind"] is not null,
        Sequence sequence => sequence.Items.Any(LooksLikeOpenSlo),
        _ => false,
    };

    private void ReadOpenSlo(ImmutableArray<Node> documents, Findings findings)
    {
        if (documents.IsEmpty && findings.Count == 0) findings.Add(Mark.Start, "", "the file holds no document", "OpenSLO v1 objects");
        foreach (var document in documents) _openSlo.AddRange(OpenSloObject.From(document, findings));
    }

    private void ReadRunbook(CatalogFile file, Findings findings)
    {
        if (Decoding.Decode(file.Bytes, findings) is not { } text) return;
        if (RunbookReader.Split(text) is not { } parts)
        {
            findings.Add(Mark.Start, "", "the runbook has no front matter", "fields between two lines of ---, then Markdown");
            return;
        }

        One(file.Path, Documents.ReadText(parts.FrontMatter, findings, firstLine: 2), findings, fields =>
            Keep(_runbooks, findings, () => RunbookReader.Read(fields, parts.Body, parts.BodyLine, _lookups)));
    }

    /// <summary>Reads a file that holds exactly one document.</summary>
    private void One(string name, ImmutableArray<Node> documents, Findings findings, Action<Fields> read, bool many = false)
    {
        if (!many && !_seen.Add(name)) findings.Add(Mark.Start, "", $"{name} is given in two files", "one file");
        else if (documents.Length == 1) read(Fields.Of(documents[0], "", findings));
        else if (documents.Length > 1) findings.Add(documents[1].Mark, "", $"the file holds {documents.Length} documents", "one document");
        else if (findings.Count == 0) findings.Add(Mark.Start, "", "the file is empty", "one document");
    }

    private static void Keep<T>(List<T> all, Findings findings, Func<T> read)
        where T : class
    {
        if (Kept(findings, read) is { } item) all.Add(item);
    }

    private static T? Kept<T>(Findings findings, Func<T> read)
        where T : class
    {
        var before = findings.Count;
        var item = read();
        return findings.Count == before ? item : null;
    }

    private void LeaveOpenWhatNobodyDeclares()
    {
        if (!_seen.Contains("signals")) Open("signals.yaml", "signal");
        if (!_seen.Contains("services")) Open("services.yaml", "service");
        if (!_seen.Contains("on-call")) Open("on-call.yaml", "role", "person", "layer");
    }

    private void Open(string file, params ReadOnlySpan<string> kinds)
    {
        var isNeeded = false;
        foreach (var kind in kinds) isNeeded |= _lookups.LeaveOpen(kind);
        if (!isNeeded) return;
        var findings = new Findings(file);
        findings.Assume(Mark.Start, "", $"there is no such file; references to a {kinds[0]} are not checked");
        _findings.Add(findings);
    }

    private void CheckServicesOf(OpenSloSet slos)
    {
        foreach (var found in slos.Objects.Where(found => found.Kind == OpenSloKind.Slo))
        {
            if (((found.Document as Mapping)?["spec"] as Mapping)?["service"] is Scalar service && !slos.HasService(service.Text))
                _lookups.Refer("service", service.Text, found.Findings, service.Mark, "spec.service");
        }
    }
}
