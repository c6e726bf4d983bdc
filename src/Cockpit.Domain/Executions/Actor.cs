using System.Collections.Immutable;

namespace Cockpit.Domain.Executions;

/// <summary>What somebody may do. Roles do not imply one another; identities usually hold several.</summary>
public enum Role
{
    /// <summary>May look.</summary>
    Viewer,

    /// <summary>May preview and run actions.</summary>
    Responder,

    /// <summary>May approve what another person asked for.</summary>
    Approver,

    /// <summary>May change settings and break glass.</summary>
    Admin,
}

/// <summary>Who acts.</summary>
/// <param name="Id">A stable id, never reused.</param>
/// <param name="Name">The name a colleague knows.</param>
/// <param name="Roles">What they may do, as of now.</param>
/// <param name="IsPerson">False for tokens and for the cockpit itself: neither can approve.</param>
public sealed record Actor(string Id, string Name, ImmutableHashSet<Role> Roles, bool IsPerson)
{
    /// <summary>The cockpit itself: reconciles and reverts, never confirms or approves.</summary>
    public static readonly Actor System = new("system", "Cockpit", [], false);

    /// <summary>Somebody who has not signed in; may look where looking is open to all.</summary>
    public static readonly Actor Anonymous = new("anonymous", "Guest", [Role.Viewer], false);

    /// <summary>True when the actor holds the role.</summary>
    public bool May(Role role) => Roles.Contains(role);

    /// <summary>Equal when id, name, kind and set of roles are.</summary>
    public bool Equals(Actor? other) =>
        other is not null && Id == other.Id && Name == other.Name && IsPerson == other.IsPerson && Roles.SetEquals(other.Roles);

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);
}
