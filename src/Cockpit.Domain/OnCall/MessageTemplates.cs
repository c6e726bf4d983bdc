using System.Collections.Immutable;
using Cockpit.Domain.Cards;

namespace Cockpit.Domain.OnCall;

/// <summary>What a message says: a first line and the rest, with <c>{name}</c> for what differs from message to message.</summary>
/// <param name="Subject">The first line; ways that know none leave it out.</param>
/// <param name="Text">The rest. A line that names something there is none of is left out.</param>
public sealed record MessageTemplate(string Subject, string Text)
{
    /// <summary>The message with everything filled in. Values are taken as they are: a name in braces within one stays.</summary>
    /// <param name="values">What stands behind each name; empty for what there is none of.</param>
    public (string Subject, string Text) Fill(IReadOnlyDictionary<string, string> values) => (
        Placeholders.Fill(Subject, values),
        string.Join('\n', Text.Split('\n').Where(line => Placeholders.NamesIn(line).All(name => values.GetValueOrDefault(name) is { Length: > 0 }))
            .Select(line => Placeholders.Fill(line, values).TrimEnd())));
}

/// <summary>The templates of one kind of message: the usual one, and those of ways that say it differently.</summary>
/// <param name="Usual">What is said where a way has no words of its own.</param>
/// <param name="Ways">The words of single ways.</param>
public sealed record WordsByWay(MessageTemplate Usual, ImmutableDictionary<ContactChannel, MessageTemplate> Ways)
{
    /// <summary>The words of a way.</summary>
    public MessageTemplate For(ContactChannel channel) => Ways.GetValueOrDefault(channel, Usual);
}

/// <summary>Everything the cockpit says to people who are not looking at it.</summary>
/// <param name="Page">Asks somebody to come to an incident.</param>
/// <param name="Notice">Tells somebody something else: a test, what waits for an approver, a handoff that was not held.</param>
public sealed record MessageTemplates(WordsByWay Page, WordsByWay Notice)
{
    /// <summary>Names that a page may use.</summary>
    public static readonly ImmutableArray<string> PageNames =
        ["severity", "incident", "title", "since", "alerts", "services", "level", "role", "person", "why", "duties", "change", "link", "key"];

    /// <summary>Names that a notice may use.</summary>
    public static readonly ImmutableArray<string> NoticeNames = ["title", "text", "person", "link", "key"];

    /// <summary>What is said where the catalog says nothing.</summary>
    public static readonly MessageTemplates Usual = new(
        new WordsByWay(
            new MessageTemplate("{severity} {title}", "{severity} since {since}, {alerts}.\nLevel {level}, {role}: {why}.\nYour part: {duties}.\nJust before, {change}.\n{link}"),
            ImmutableDictionary<ContactChannel, MessageTemplate>.Empty),
        new WordsByWay(new MessageTemplate("{title}", "{text}\n{link}"), ImmutableDictionary<ContactChannel, MessageTemplate>.Empty));
}
