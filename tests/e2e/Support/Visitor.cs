using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Cockpit.E2E.Support;

/// <summary>A screen to look at.</summary>
internal sealed record Screen(string Name, int Width, int Height, ColorScheme Theme)
{
    public static readonly Screen Desktop = new("desktop", 1440, 1000, ColorScheme.Light);
}

/// <summary>One person with a browser window of their own, who notes every complaint of the console.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();
    private TaskCompletionSource _drawn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Visitor(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") _complaints.Enqueue($"{message.Type}: {message.Text}");
        };
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) =>
        {
            if (frame.Binary is { } bytes && bytes.AsSpan().IndexOf("JS.RenderBatch"u8) >= 0) _drawn.TrySetResult();
        };
        page.PageError += (_, error) => _complaints.Enqueue($"uncaught: {error}");
    }

    public IPage Page { get; }

    /// <summary>Errors, warnings and policy violations that the console has shown.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    public static async Task<Visitor> ComeAsync(Uri address, Screen? screen = null)
    {
        var look = screen ?? Screen.Desktop;
        var context = await (await Chromium.GetAsync()).NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            ViewportSize = new ViewportSize { Width = look.Width, Height = look.Height },
            ColorScheme = look.Theme,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        return new Visitor(context, await context.NewPageAsync());
    }

    /// <summary>Comes and signs in as one of the demo identities, or stays a guest without one.</summary>
    public static async Task<Visitor> ComeAsAsync(Uri address, string identity, Screen? screen = null)
    {
        var visitor = await ComeAsync(address, screen);
        await visitor.Page.GotoAsync("/sign-in");
        await visitor.Page.Locator($"button[value={identity}]").ClickAsync();
        await visitor.Page.WaitForURLAsync(address.ToString());
        return visitor;
    }

    /// <summary>Opens a page and waits until its circuit has drawn it.</summary>
    public async Task OpenLiveAsync(string path)
    {
        _drawn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Page.GotoAsync(path);
        await _drawn.Task.WaitAsync(Patience, TimeProvider.System);
    }

    /// <summary>Presses a button down, lets go after a while.</summary>
    public static Task HoldAsync(ILocator button, TimeSpan time) => button.ClickAsync(new LocatorClickOptions { Delay = (float)time.TotalMilliseconds });

    public Task ScreenshotAsync(string name, bool whole = true) =>
        Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Repository.Screenshots, name + ".png"), FullPage = whole, Animations = ScreenshotAnimations.Disabled });

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
