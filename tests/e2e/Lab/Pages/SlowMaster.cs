using System.Globalization;
using System.Net.Sockets;

namespace Cockpit.E2E.Lab.Pages;

/// <summary>A Redis node that stands still most of the time, a sixth of a second at once: far too slow for its callers, alive enough for Sentinel.</summary>
internal sealed class SlowMaster : IAsyncDisposable
{
    private static readonly byte[] Sleep = "*3\r\n$5\r\nDEBUG\r\n$5\r\nSLEEP\r\n$4\r\n0.16\r\n"u8.ToArray();
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(60);

    private readonly CancellationTokenSource _end = new();
    private readonly Task _slowing;

    private SlowMaster(string address) => _slowing = SlowAsync(address, _end.Token);

    /// <summary>Makes whom Sentinel names master slow.</summary>
    public static async Task<SlowMaster> BeginAsync() => new(await Lab.DoAsync("redis-master"));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _slowing;
        _end.Dispose();
    }

    private static async Task SlowAsync(string address, CancellationToken end)
    {
        var answer = new byte[256];
        try
        {
            while (true)
            {
                // A node that changes its role hangs up on its clients; the trouble stays with it.
                using var client = new TcpClient();
                await client.ConnectAsync(address.Split(':')[0], int.Parse(address.Split(':')[1], CultureInfo.InvariantCulture), end);
                var stream = client.GetStream();
                await stream.WriteAsync(Sleep, end);
                while (await stream.ReadAsync(answer, end) > 0)
                {
                    await Task.Delay(Breath, TimeProvider.System, end);
                    await stream.WriteAsync(Sleep, end);
                }
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // It is over.
        }
    }
}
