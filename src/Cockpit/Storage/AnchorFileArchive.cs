using Cockpit.UseCases.Recording;
using Microsoft.Extensions.Options;

namespace Cockpit.Storage;

internal sealed class AnchorFileArchive(IOptions<StorageOptions> options) : IAnchorArchive
{
    public async Task<IReadOnlyList<AuditAnchor>> ReadAsync(CancellationToken cancellationToken) =>
        options.Value.EffectiveAnchorFile is { } file && File.Exists(file) ? (await AnchorFile.ReadAsync(file, cancellationToken)).Anchors : [];
}
