namespace Cockpit.Domain.Executions.Guards;

/// <summary>What the preview held fast is still so, and its time has not run out.</summary>
internal static class PreviewIsStillTrue
{
    private const string Name = "The preview is still true";

    public static GuardVerdict Judge(GuardContext context)
    {
        var pinned = context.Preview!.Pinned;
        if (context.Now >= context.Preview.ValidUntil) return GuardVerdict.Refuse(Name, "It has expired. Preview again: the platform may have moved on.");
        if (context.CatalogVersion != pinned.CatalogVersion) return GuardVerdict.Refuse(Name, "The catalog was changed since. Preview again.");
        if (context.Target is not { } target) return GuardVerdict.Refuse(Name, "The target cannot be read any more.");
        if (target.Uid != pinned.Uid) return GuardVerdict.Refuse(Name, "The target was deleted and created again since. Preview again.");
        foreach (var field in pinned.Fields)
        {
            if (target[field.Name] != field.From)
                return GuardVerdict.Refuse(Name, $"Somebody changed it since: it was {Words(field.From)}, now it is {Words(target[field.Name])}. Preview again.");
        }

        if (target.Generation != pinned.Generation || target.Digest != pinned.Digest)
            return GuardVerdict.Refuse(Name, "Somebody changed the target since. Preview again.");
        if (!context.Fields.SequenceEqual(pinned.Fields)) return GuardVerdict.Refuse(Name, "What it would set is no longer what was previewed. Preview again.");
        return GuardVerdict.Pass(Name, "The target is as it was previewed.");
    }

    private static string Words(string? value) => value ?? "absent";
}
