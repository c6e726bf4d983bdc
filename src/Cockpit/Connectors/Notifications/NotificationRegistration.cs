using System.Globalization;
using System.Net.Mail;
using Cockpit.Domain.OnCall;
using Cockpit.UseCases.Notifying;

namespace Cockpit.Connectors.Notifications;

/// <summary>Registers the ways that the section <c>Notifications</c> names. What it does not name is not there, and pages say so.</summary>
internal static class NotificationRegistration
{
    public const string Section = "Notifications";

    public static IServiceCollection AddNotifications(this IServiceCollection services, IConfiguration configuration, ICollection<string> errors)
    {
        var root = configuration.GetSection(Section);
        var own = new ConnectorSection(root, "PublicUrl", "Push", "Twilio", "Webhook", "Slack", "Smtp", "Heartbeat", "People");
        var contacts = new ConfiguredContacts(root.GetSection("People"), Address(own, "PublicUrl"));
        services.AddSingleton<IContacts>(contacts);
        var problems = own.Problems.ToList();
        var http = Post.Client();

        foreach (var way in Ways(root, http, problems)) services.AddSingleton(way);
        if (root.GetSection("Heartbeat").Exists())
        {
            var section = new ConnectorSection(root.GetSection("Heartbeat"), "Url", "Interval");
            var interval = section.Timeout("Interval", TimeSpan.FromSeconds(30));
            if (Address(section, "Url", required: true) is { } url)
                services.AddSingleton<IHeartbeatReceiver>(provider => new OutsideHeartbeat(http, url, interval, provider.GetRequiredService<TimeProvider>()));
            problems.AddRange(section.Problems);
        }

        foreach (var problem in problems) errors.Add(problem);
        return services;
    }

    private static IEnumerable<INotificationChannel> Ways(IConfigurationSection root, HttpClient http, List<string> problems)
    {
        if (Open(root, problems, "Push", "Url", "Token", "User", "Password") is { } push && Address(push, "Url", true) is { } ntfy)
            yield return new NtfyChannel(http, ntfy, push.Secret("Token"), push.Text("User"), push.Secret("Password"));
        if (Open(root, problems, "Twilio", "Url", "Account", "Token", "From") is { } phone)
        {
            var server = Address(phone, "Url") ?? new Uri("https://api.twilio.com/");
            var account = new TwilioAccount(server, Needed(phone, "Account"), phone.Secret("Token") ?? Needed(phone, "Token"), Needed(phone, "From"));
            yield return new SmsChannel(http, account);
            yield return new VoiceChannel(http, account);
            problems.AddRange(phone.Problems);
        }

        if (Open(root, problems, "Webhook", "Url", "Secret") is { } hook && Address(hook, "Url", true) is { } receiver)
            yield return new WebhookChannel(http, receiver, hook.Secret("Secret"));
        if (Open(root, problems, "Slack", "Url") is { } slack && Address(slack, "Url", true) is { } chat) yield return new SlackChannel(http, chat);
        if (Open(root, problems, "Smtp", "Host", "Port", "StartTls", "User", "Password", "From") is { } mail)
        {
            var port = 587;
            if (mail.Text("Port") is { } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65_535))
                mail.Problem("Port", "must be a port.");
            var from = Needed(mail, "From");
            if (from.Length > 0 && !MailAddress.TryCreate(from, out _)) mail.Problem("From", "is no mail address.");
            yield return new MailChannel(new MailServer(Needed(mail, "Host"), port, mail.Text("StartTls") is null || mail.Flag("StartTls"), mail.Text("User"), mail.Secret("Password"), from));
            problems.AddRange(mail.Problems);
        }
    }

    private static ConnectorSection? Open(IConfigurationSection root, List<string> problems, string name, params string[] keys)
    {
        if (!root.GetSection(name).Exists()) return null;
        var section = new ConnectorSection(root.GetSection(name), keys);
        problems.AddRange(section.Problems);
        section.Problems.Clear();
        if (keys.Contains("Url") && section.Text("Url") is { } text && Parse(text) is null) problems.Add($"{Section}:{name}:Url is not an http or https address.");
        else if (keys[0] == "Url" && name is not "Twilio" && section.Text("Url") is null) problems.Add($"{Section}:{name}:Url is missing; accepted is an http or https address.");
        return section;
    }

    private static string Needed(ConnectorSection section, string key)
    {
        if (section.Text(key) is { } text) return text;
        section.Problem(key, "is missing.");
        return "";
    }

    private static Uri? Address(ConnectorSection section, string key, bool required = false)
    {
        if (section.Text(key) is not { } text)
        {
            if (required) section.Problem(key, "is missing; accepted is an http or https address.");
            return null;
        }

        if (Parse(text) is { } url) return url;
        section.Problem(key, "is not an http or https address.");
        return null;
    }

    private static Uri? Parse(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
        ? new Uri(url.AbsoluteUri.EndsWith('/') || url.AbsolutePath.Length > 1 ? url.AbsoluteUri : url.AbsoluteUri + "/") : null;

    private sealed class ConfiguredContacts(IConfigurationSection people, Uri? publicUrl) : IContacts
    {
        public Uri? PublicUrl { get; } = publicUrl is null || publicUrl.AbsoluteUri.EndsWith('/') ? publicUrl : new Uri(publicUrl.AbsoluteUri + "/");

        public string? AddressOf(string person, ContactChannel channel) => people.GetSection(person)[channel switch
        {
            ContactChannel.Sms or ContactChannel.Voice => "Phone",
            ContactChannel.Email => "Email",
            _ => "Push",
        }] is { Length: > 0 } address ? address.Trim() : null;
    }
}
