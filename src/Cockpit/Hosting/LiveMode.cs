namespace Cockpit.Hosting;

/// <summary>Real servers: each connector that the configuration names.</summary>
internal static class LiveMode
{
    public static void Add(WebApplicationBuilder builder)
    {
    }
}
