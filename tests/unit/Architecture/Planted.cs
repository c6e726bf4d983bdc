// Violations to be found: each hides where folder names or a list of fields would not show it.
#pragma warning disable CA1822, CA1852

namespace Cockpit.Tests.Architecture.Planted.Components
{
    internal sealed class Page
    {
        public static string Title => "Operations";
    }
}

namespace Cockpit.Tests.Architecture.Planted.Storage
{
    internal sealed class Table
    {
        public Planted.Components.Page[]? Rows { get; set; }
    }
}

namespace Cockpit.Tests.Architecture.Planted.Connectors
{
    internal sealed class Source
    {
        public Dictionary<string, Planted.Components.Page>? Pages { get; set; }
    }
}

namespace Cockpit.Tests.Architecture.Planted.UseCases
{
    internal sealed class Handler
    {
        public Func<Task<string>> Later() => async () =>
        {
            await Task.Yield();
            return Planted.Components.Page.Title;
        };
    }
}

namespace Cockpit.Tests.Architecture.Planted.Live
{
    internal sealed class Feed
    {
        public bool Knows(object what) => what is Planted.Storage.Table;
    }
}

namespace Cockpit.Tests.Architecture.Planted.Security
{
    internal sealed class Gate
    {
        public Type Guarded => typeof(Planted.Components.Page);
    }
}

namespace Cockpit.Tests.Architecture.Planted.Domain
{
    internal sealed class Rule
    {
        public void Judge(Microsoft.Extensions.Logging.ILogger? log) => log?.ToString();

        public bool Remembers() => File.Exists("rule");
    }
}

namespace Cockpit.Tests.Architecture.Planted.Hosting
{
    internal sealed class Server
    {
        public string Home => Planted.Components.Page.Title;
    }
}
