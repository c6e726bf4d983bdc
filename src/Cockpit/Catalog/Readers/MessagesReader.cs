using System.Collections.Immutable;
using Cockpit.Catalog.Reading;
using Cockpit.Domain.Cards;
using Cockpit.Domain.OnCall;

namespace Cockpit.Catalog.Readers;

/// <summary>Reads <c>messages.yaml</c>.</summary>
internal static class MessagesReader
{
    private const int LongestSubject = 200;
    private const int LongestText = 2_000;

    public static MessageTemplates Read(Fields file)
    {
        var templates = new MessageTemplates(
            Kind(file, "page", MessageTemplates.PageNames) ?? MessageTemplates.Usual.Page,
            Kind(file, "notice", MessageTemplates.NoticeNames) ?? MessageTemplates.Usual.Notice);
        file.Done();
        return templates;
    }

    private static WordsByWay? Kind(Fields file, string name, ImmutableArray<string> names)
    {
        if (file.Child(name) is not { } fields) return null;
        var usual = Template(fields, "usual", names, required: true);
        var ways = Enum.GetValues<ContactChannel>()
            .Select(channel => (channel, Template: Template(fields, channel.ToString().ToLowerInvariant(), names, required: false)))
            .Where(way => way.Template is not null).ToImmutableDictionary(way => way.channel, way => way.Template!);
        fields.Done();
        return usual is null ? null : new WordsByWay(usual, ways);
    }

    private static MessageTemplate? Template(Fields owner, string way, ImmutableArray<string> names, bool required)
    {
        if (owner.Child(way, required) is not { } fields) return null;
        var template = new MessageTemplate(fields.Text("subject", LongestSubject), fields.Text("text", LongestText).TrimEnd());
        Check(fields, "subject", template.Subject, names);
        Check(fields, "text", template.Text, names);
        if (template.Subject.Contains('\n')) fields.Wrong("subject", "has more than one line", "one line");
        fields.Done();
        return template;
    }

    private static void Check(Fields fields, string field, string text, ImmutableArray<string> names)
    {
        foreach (var unknown in Placeholders.NamesIn(text).Where(name => !names.Contains(name)).Distinct())
        {
            var near = Spelling.Nearest(unknown, names);
            fields.Wrong(field, $"names {{{Fields.Shown(unknown)}}}, which nothing fills in{(near is null ? "" : $", did you mean '{near}'?")}", string.Join(", ", names));
        }
    }
}
