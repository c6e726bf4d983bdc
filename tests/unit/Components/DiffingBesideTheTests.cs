using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Cockpit.Tests.Components;

/// <summary>bUnit asks for a version of AngleSharp.Diffing that cannot be had here; the copy beside the tests answers for it.</summary>
internal static class DiffingBesideTheTests
{
    private const string Library = "AngleSharp.Diffing";

    [ModuleInitializer]
    internal static void Resolve() => AssemblyLoadContext.Default.Resolving += (context, name) =>
        name.Name == Library ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, $"{Library}.dll")) : null;
}
