namespace Cockpit.Tests.Recording;

/// <summary>Waits for something that another thread brings about and gives no sign of.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition)
    {
        var deadline = Environment.TickCount64 + 10_000;
        while (!condition())
        {
            Assert.True(Environment.TickCount64 < deadline, "It did not come about within ten seconds.");
            await Task.Yield();
        }
    }
}
