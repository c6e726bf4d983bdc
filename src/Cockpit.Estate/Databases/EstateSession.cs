namespace Cockpit.Estate.Databases;

/// <summary>A session of the simulated primary.</summary>
/// <param name="Pid">Its process id.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Kind">The server's word for what it is.</param>
/// <param name="User">Whose it is.</param>
/// <param name="Application">As it introduced itself.</param>
/// <param name="QueryAt">When its query began.</param>
/// <param name="Query">What it does.</param>
public sealed record EstateSession(int Pid, DateTimeOffset StartedAt, string Kind, string User, string Application, DateTimeOffset QueryAt, string Query);
