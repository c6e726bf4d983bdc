using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cockpit.E2E.Lab.Pages;

/// <summary>Who passes messages on to stakeholders: takes them, or takes them and breaks before it answers.</summary>
internal sealed class NoticeReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private NoticeReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            if (await reader.ReadToEndAsync() is var message && message.Contains("For Trading desk", StringComparison.Ordinal)) Taken.Add(message);
            return Results.StatusCode(IsBroken ? StatusCodes.Status502BadGateway : StatusCodes.Status202Accepted);
        });
    }

    public volatile bool IsBroken;

    /// <summary>Whatever was posted, pages among it.</summary>
    public ConcurrentBag<string> Taken { get; } = [];

    public string[] Setting => ["--Notifications:Webhook:Url", _app.Urls.First()];

    public static async Task<NoticeReceiver> StartAsync()
    {
        var receiver = new NoticeReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
