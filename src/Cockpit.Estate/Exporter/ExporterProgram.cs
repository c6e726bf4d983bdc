namespace Cockpit.Estate.Exporter;

/// <summary>The estate as a program of its own.</summary>
internal static class ExporterProgram
{
    private static int Main() => 2;
}
