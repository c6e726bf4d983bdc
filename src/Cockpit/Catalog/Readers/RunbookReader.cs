using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Cockpit.Catalog.Reading;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Runbooks;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Cockpit.Catalog.Readers;

/// <summary>Reads <c>runbooks/*.md</c>: front matter between two lines of dashes, then Markdown.</summary>
/// <remarks>Ordered list items under a second-level heading are steps; a link to <c>action:ID</c> names the action that does a step.</remarks>
internal static partial class RunbookReader
{
    private const string ActionScheme = "action:";

    /// <summary>Splits the front matter off; null when there is none.</summary>
    public static (string FrontMatter, string Body, int BodyLine)? Split(string text)
    {
        if (!text.StartsWith("---\n", StringComparison.Ordinal)) return null;
        var end = text.IndexOf("\n---\n", 3, StringComparison.Ordinal);
        if (end < 0) return null;
        var front = text[4..Math.Max(4, end + 1)];
        return (front, text[(end + 5)..], front.Count(letter => letter == '\n') + 3);
    }

    public static Runbook Read(Fields fields, string body, int bodyLine, Lookups lookups)
    {
        var id = Ids.Read(fields, "id");
        lookups.Declare("runbook", id, fields, "id");
        var number = fields.Whole("number", 1, 99);
        if (fields.Has("number")) lookups.Declare("runbook number", number.ToString(System.Globalization.CultureInfo.InvariantCulture), fields, "number");
        var owner = fields.Text("owner", 63);
        lookups.Refer("role", owner, fields, "owner");
        var audience = fields.Texts("audience", least: 1);
        lookups.Refer("role", audience, fields, "audience");
        var actions = ActionReader.ReadAll(fields, id, lookups, required: false);
        var runbook = new Runbook(
            id, number, fields.Text("title", 80), fields.OneOf<RunbookKind>("kind"), owner, audience,
            Dates.Read(fields, "reviewed"), fields.Whole("review-every-days", 1, 400),
            fields.Each("severities", severity => Severity(severity, lookups), required: false), fields.OptionalText("escalation", 300),
            ConditionReader.ReadAll(fields, "symptoms", lookups, required: false), ConditionReader.ReadAll(fields, "exit", lookups),
            actions, Sections(body, bodyLine, actions, fields), fields.Texts("corrections", required: false), body);
        if (runbook.Kind == RunbookKind.Recovery && fields.Has("kind") && !fields.Has("severities")) fields.Missing("severities", "a list");
        fields.Done();
        return runbook;
    }

    private static RunbookSeverity Severity(Fields fields, Lookups lookups)
    {
        var severity = fields.Text("severity", 2);
        if (severity.Length > 0 && severity is not ("P1" or "P2" or "P3" or "P4")) fields.Wrong("severity", $"'{Fields.Shown(severity)}' is not accepted", "P1, P2, P3, P4");
        SignalCondition? when = null;
        if (fields.Child("when", required: false) is { } condition)
        {
            when = ConditionReader.ReadSignal(condition, lookups);
            condition.Done();
        }

        return new RunbookSeverity(severity, when, fields.Span("respond-within"));
    }

    private static ImmutableArray<RunbookSection> Sections(string body, int bodyLine, ImmutableArray<ActionDefinition> actions, Fields fields)
    {
        var sections = ImmutableArray.CreateBuilder<RunbookSection>();
        var title = "";
        var steps = ImmutableArray.CreateBuilder<RunbookStep>();
        var broken = (fields.Raw("actions") as Sequence)?.Items.Length != actions.Length && fields.Has("actions");
        foreach (var block in Markdown.Parse(body, trackTrivia: false))
        {
            if (block is HtmlBlock) fields.Findings.Add(new Mark(bodyLine + block.Line, 1), "body", "holds raw HTML", "Markdown");
            if (block is HeadingBlock { Level: <= 2 } heading)
            {
                Close();
                title = body[heading.Span.Start..Math.Min(body.Length, heading.Span.End + 1)].TrimStart('#').Trim();
            }
            else if (block is ListBlock { IsOrdered: true } list)
            {
                foreach (var item in list.OfType<ListItemBlock>()) steps.Add(Step(item));
            }
        }

        Close();
        if (sections.Count == 0) fields.Findings.Add(new Mark(bodyLine, 1), "body", "has no steps", "an ordered list under a heading");
        return sections.ToImmutable();

        void Close()
        {
            if (steps.Count > 0) sections.Add(new RunbookSection(title, steps.ToImmutable()));
            steps.Clear();
        }

        RunbookStep Step(ListItemBlock item)
        {
            string? action = null;
            foreach (var link in item.Descendants<LinkInline>().Where(link => link.Url?.StartsWith(ActionScheme, StringComparison.Ordinal) == true))
            {
                var name = link.Url![ActionScheme.Length..];
                if (!broken && actions.All(known => known.Id != name))
                    fields.Findings.Add(new Mark(bodyLine + link.Line, 1), "body", $"refers to action '{Fields.Shown(name)}', which is not defined", string.Join(", ", actions.Select(known => known.Id)));
                else if (action is not null) fields.Findings.Add(new Mark(bodyLine + link.Line, 1), "body", "names two actions in one step", "one action a step");
                action = name;
            }

            var text = body[item.Span.Start..Math.Min(body.Length, item.Span.End + 1)];
            return new RunbookStep(steps.Count + 1, Marker().Replace(text, "").Replace("\n   ", "\n", StringComparison.Ordinal).Trim(), action);
        }
    }

    [GeneratedRegex(@"^\s*\d+[.)]\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Marker();
}
