using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Cockpit.E2E.Support;

/// <summary>A screen to look at.</summary>
internal sealed record Screen(string Name, int Width, int Height, ColorScheme Theme)
{
    public static readonly Screen Desktop = new("desktop-light", 1440, 1000, ColorScheme.Light);
    public static readonly Screen DesktopDark = new("desktop-dark", 1440, 1000, ColorScheme.Dark);
    public static readonly Screen Phone = new("phone-light", 390, 844, ColorScheme.Light);
    public static readonly Screen PhoneDark = new("phone-dark", 390, 844, ColorScheme.Dark);
}

/// <summary>One person with a browser window of their own, who notes every complaint of the console.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();

    private Visitor(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") _complaints.Enqueue($"{message.Type}: {message.Text}");
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

    /// <summary>Opens a page and waits until it is live.</summary>
    public async Task OpenLiveAsync(string path)
    {
        await Page.GotoAsync(path);
        await Page.WaitForFunctionAsync("() => window.Blazor?._internal?.forceCloseConnection !== undefined");
    }

    /// <summary>Presses a button down, lets go after a while.</summary>
    public static Task HoldAsync(ILocator button, TimeSpan time) => button.ClickAsync(new LocatorClickOptions { Delay = (float)time.TotalMilliseconds });

    public Task ScreenshotAsync(string name, bool whole = true) =>
        Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Repository.Screenshots, name + ".png"), FullPage = whole, Animations = ScreenshotAnimations.Disabled });

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
