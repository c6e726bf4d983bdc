using Cockpit.UseCases.Executing;
using Cockpit.UseCases.Executing.Targets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Cockpit.Connectors.Notices;

/// <summary>Where messages to stakeholders go. Without this section they are not configured.</summary>
public sealed class NoticeOptions
{
    public const string Section = "Notices";

    /// <summary>The address that messages are posted to.</summary>
    public Uri? Webhook { get; set; }

    /// <summary>How long the receiver may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);
}

public static class NoticeRegistration
{
    /// <summary>Registers messages to stakeholders when the section is there; nothing when it is not.</summary>
    public static IServiceCollection AddStakeholderNotices(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(NoticeOptions.Section);
        if (!section.GetChildren().Any()) return services;

        services.AddOptions<NoticeOptions>().Bind(section)
            .Validate(options => options.Webhook is { IsAbsoluteUri: true, Scheme: "http" or "https" }, "Notices:Webhook is missing or no address; accepted is http:// or https://…")
            .Validate(options => options.Timeout > TimeSpan.Zero && options.Timeout <= TimeSpan.FromMinutes(1), "Notices:Timeout is out of range; accepted is more than zero and at most 00:01:00.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IStakeholderNotice>(provider => new WebhookNotices(
            provider.GetRequiredService<IOptions<NoticeOptions>>().Value,
            new HttpMessageInvoker(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }),
            provider.GetRequiredService<TimeProvider>()));
        return services.AddNotices();
    }
}
