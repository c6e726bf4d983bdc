using Cockpit.HelloBench;

// The smallest page with a circuit, at the cockpit's own settings: what a circuit costs before anybody draws a dashboard in it.
var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddRazorComponents().AddInteractiveServerComponents(options =>
{
    options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(3);
    options.DisconnectedCircuitMaxRetained = 100;
    options.PersistedCircuitInMemoryMaxRetained = 0;
});
var app = builder.Build();
app.UseAntiforgery();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options =>
{
    options.DisableWebSocketCompression = true;
    options.ContentSecurityFrameAncestorsPolicy = null;
});
await app.RunAsync();
