using Cockpit.Catalog.OpenSlo;
using Cockpit.Catalog.Reading;
using Cockpit.Domain.Slo;

namespace Cockpit.Catalog;

/// <summary>An indicator that stands on its own, with the threshold its source text gives it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Title">What a person reads.</param>
/// <param name="Indicator">What is measured.</param>
/// <param name="Comparison">On which side of the threshold it is well; null when there is none.</param>
/// <param name="Threshold">The threshold; null when there is none.</param>
/// <param name="Note">A remark to show beside it; null when there is none.</param>
/// <param name="Ours">What is Cockpit's own choice; null when nothing is.</param>
public sealed record NamedIndicator(
    string Id, string Title, Indicator Indicator, Comparison? Comparison, double? Threshold, string? Note, string? Ours)
{
    internal static NamedIndicator Of(string id, OpenSloMetadata metadata, Indicator indicator, Findings findings, Fields document)
    {
        double? threshold = null;
        if (metadata.Annotation(CatalogAnnotations.Threshold) is { } text)
        {
            if (Numbers.TryParse(text, out var number)) threshold = number;
            else findings.Add(document.MarkOf("metadata"), $"metadata.annotations.{CatalogAnnotations.Threshold}", $"'{Fields.Shown(text)}' is not accepted", "a number");
        }

        Comparison? comparison = null;
        if (metadata.Annotation(CatalogAnnotations.Comparison) is { } word)
        {
            if (Words.TryParse<Comparison>(word, out var parsed)) comparison = parsed;
            else findings.Add(document.MarkOf("metadata"), $"metadata.annotations.{CatalogAnnotations.Comparison}", $"'{Fields.Shown(word)}' is not accepted", Words.Of<Comparison>());
        }

        return new NamedIndicator(
            id, metadata.DisplayName ?? id, indicator, comparison, threshold,
            metadata.Annotation(CatalogAnnotations.Note), metadata.Annotation(CatalogAnnotations.Ours));
    }
}
