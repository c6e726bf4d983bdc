using System.Collections.Immutable;
using Cockpit.Domain.Executions;

namespace Cockpit.Security;

/// <summary>Where people and their present roles are looked up. Asked at every action, so that a change of role holds at once.</summary>
public interface IIdentities
{
    /// <summary>The person of that id with the roles of this moment; null when unknown or disabled.</summary>
    Task<Actor?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>The person whose name and password these are; null when they are nobody's.</summary>
    Task<Actor?> CheckPasswordAsync(string name, string password, CancellationToken cancellationToken);
}

/// <summary>Four people to try the cockpit as. Embedded mode only: live mode never registers them.</summary>
public sealed class DemoIdentities : IIdentities
{
    public static readonly ImmutableArray<Actor> All =
    [
        Person("demo-executive", "Erin Vale", Role.Viewer),
        Person("demo-responder", "Sam Okafor", Role.Viewer, Role.Responder),
        Person("demo-approver", "Ines Duarte", Role.Viewer, Role.Responder, Role.Approver),
        Person("demo-admin", "Ada Lindqvist", Role.Viewer, Role.Responder, Role.Approver, Role.Admin),
    ];

    public Task<Actor?> FindAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult(All.FirstOrDefault(person => person.Id == id));

    public Task<Actor?> CheckPasswordAsync(string name, string password, CancellationToken cancellationToken) =>
        Task.FromResult<Actor?>(null);

    private static Actor Person(string id, string name, params Role[] roles) => new(id, name, [.. roles], IsPerson: true);
}
