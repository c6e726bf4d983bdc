namespace Cockpit.Domain.Executions.Guards;

/// <summary>The actor holds the role that running an action asks for, as of now.</summary>
internal static class ActorMayRunIt
{
    private const string Name = "You may run it";

    public static GuardVerdict Judge(GuardContext context) => context.Actor.May(Role.Responder)
        ? GuardVerdict.Pass(Name, $"{context.Actor.Name} is a responder.")
        : GuardVerdict.Refuse(Name, context.Actor == Actor.Anonymous
            ? "Sign in as a responder to run actions."
            : $"{context.Actor.Name} is not a responder. Ask one to run it, or copy the command.");
}
