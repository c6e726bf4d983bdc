using Cockpit.Connectors.Embedded;
using Cockpit.Security;

namespace Cockpit.Hosting;

/// <summary>The whole product on a bare machine: a simulated platform behind every port, and people to try it as.</summary>
internal static class EmbeddedMode
{
    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddEmbeddedEstate(builder.Configuration);
        builder.Services.AddSingleton<IIdentities, DemoIdentities>();
    }
}
