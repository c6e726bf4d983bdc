using System.Collections.Immutable;
using System.Globalization;
using Cockpit.Catalog.Reading;
using Cockpit.Domain.Maintenance;

namespace Cockpit.Catalog.Readers;

/// <summary>Reads <c>freezes.yaml</c>.</summary>
internal static class FreezeReader
{
    private const string Accepted = "an instant such as 2026-12-23T17:00:00Z";

    public static ImmutableArray<ChangeFreeze> Read(Fields file)
    {
        var freezes = file.Each("freezes", Freeze);
        file.Done();
        return freezes;
    }

    private static ChangeFreeze Freeze(Fields fields)
    {
        var freeze = new ChangeFreeze(Instant(fields, "from"), Instant(fields, "until"), fields.Text("reason", 200), fields.Texts("namespaces", required: false));
        if (freeze.Until <= freeze.From && fields.Has("from") && fields.Has("until")) fields.Wrong("until", "is not after from", "a later instant");
        fields.Done();
        return freeze;
    }

    private static DateTimeOffset Instant(Fields fields, string name)
    {
        var text = fields.Text(name, 40);
        if (DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)) return instant;
        if (text.Length > 0) fields.Wrong(name, $"'{Fields.Shown(text)}' is no instant", Accepted);
        return default;
    }
}
