namespace Cockpit.UseCases.Recording;

/// <summary>Where the anchors that this cockpit wrote outside its storage can be read again.</summary>
public interface IAnchorArchive
{
    /// <summary>All anchors that can be read; none when none were kept.</summary>
    /// <exception cref="IOException">There is an archive, but it cannot be read.</exception>
    Task<IReadOnlyList<AuditAnchor>> ReadAsync(CancellationToken cancellationToken);
}
