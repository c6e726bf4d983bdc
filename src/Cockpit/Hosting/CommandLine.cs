namespace Cockpit.Hosting;

internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await CockpitServer.Build(args).RunAsync();
            return 0;
        }
        catch (ConfigurationException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return 1;
        }
    }
}
