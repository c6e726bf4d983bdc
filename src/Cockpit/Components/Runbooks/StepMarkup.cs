using System.Collections.Concurrent;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Cockpit.Components.Runbooks;

/// <summary>A step's Markdown as HTML. Raw HTML in it stays text, and a link to an action is only its name: the action itself stands below.</summary>
public static class StepMarkup
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    /// <summary>Steps come from the catalog, which never changes while the cockpit runs; each is rendered once.</summary>
    private static readonly ConcurrentDictionary<string, string> Rendered = new(StringComparer.Ordinal);

    public static string Of(string markdown) => Rendered.GetOrAdd(markdown, static text =>
    {
        var document = Markdown.Parse(text, Pipeline);
        foreach (var link in document.Descendants<LinkInline>().ToArray())
            if (link.Url is not { } url || !IsWeb(url))
                link.ReplaceBy(Strong(link));
        return document.ToHtml(Pipeline);
    });

    private static bool IsWeb(string url) => url.StartsWith("https://", StringComparison.Ordinal) || url.StartsWith("http://", StringComparison.Ordinal);

    private static EmphasisInline Strong(LinkInline link)
    {
        var strong = new EmphasisInline { DelimiterChar = '*', DelimiterCount = 2 };
        while (link.FirstChild is { } child)
        {
            child.Remove();
            strong.AppendChild(child);
        }

        return strong;
    }
}
