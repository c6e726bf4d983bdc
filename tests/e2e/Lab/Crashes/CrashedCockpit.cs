using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cockpit.E2E.Support;
using Cockpit.Hosting;

namespace Cockpit.E2E.Lab.Crashes;

/// <summary>
/// A cockpit on the lab's servers whose processes die at named steps. Another instance may stand by on the same storage, as in production, so
/// that nobody waits for a start; alone, a process is followed by a cold start.
/// </summary>
internal sealed class CrashedCockpit : IAsyncDisposable
{
    public const string Card = "crashes";
    private const string Password = "a long enough password";

    private readonly string _directory = Directory.CreateTempSubdirectory("cockpit-crash-").FullName;
    private readonly Dictionary<Person, HttpClient> _people;
    private CrashInstance? _active;
    private CrashInstance? _spare;

    private CrashedCockpit(CrashStorage storage)
    {
        Storage = storage;
        _people = Enum.GetValues<Person>().ToDictionary(person => person, _ => new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() })
        {
            Timeout = TimeSpan.FromSeconds(40),
        });
    }

    /// <summary>Who presses.</summary>
    public enum Person
    {
        /// <summary>Asks for everything.</summary>
        Rita,

        /// <summary>Approves, and finds out what became of what is unknown.</summary>
        Anna,
    }

    public CrashStorage Storage { get; }

    /// <summary>Processes that were killed while they worked, by a step or by hand.</summary>
    public int Kills { get; private set; }

    private string Steps => Path.Combine(_directory, "steps");

    public static async Task<CrashedCockpit> PrepareAsync()
    {
        var cockpit = new CrashedCockpit(await CrashStorage.CreateAsync());
        Directory.CreateDirectory(Path.Combine(cockpit.Steps, CrashPoint.Passed));
        cockpit.CopyCatalog();
        await cockpit.UpAsync(alone: true);
        await cockpit.Storage.AddAsync(nameof(Person.Rita), Password, "viewer", "responder");
        await cockpit.Storage.AddAsync(nameof(Person.Anna), Password, "viewer", "responder", "approver");
        foreach (var person in Enum.GetValues<Person>()) await cockpit.SignInAsync(person);
        return cockpit;
    }

    /// <summary>True while another instance stands by.</summary>
    public bool HasSpare => _spare is not null;

    /// <summary>Sees that there is a process that answers, and one that stands by unless it is to be alone from now on.</summary>
    public async Task<Uri> UpAsync(bool alone)
    {
        while (true)
        {
            await BuryAsync();
            _active ??= _spare ?? Start();
            if (_active == _spare) _spare = null;
            if (!alone) _spare ??= Start();
            await _active.ReadyAsync(_people[Person.Rita]);
            if (!_active.IsGone) return _active.Address;
        }
    }

    /// <summary>Names a step of an execution at which whoever takes it ends.</summary>
    public void Arm(string step, string execution) => File.Create(Path.Combine(Steps, $"{step} {execution}")).Dispose();

    /// <summary>Nobody ends there any more.</summary>
    public void Disarm(string step, string execution) => File.Delete(Path.Combine(Steps, $"{step} {execution}"));

    /// <summary>True once a process has ended there.</summary>
    public bool HasPassed(string step, string execution) => File.Exists(Path.Combine(Steps, CrashPoint.Passed, $"{step} {execution}"));

    /// <summary>Kills whoever answers now.</summary>
    public Task KillAsync() => _active?.KillAsync() ?? Task.CompletedTask;

    /// <summary>What the API answers; null when the process died before it did.</summary>
    public async Task<JsonNode?> TryPostAsync(Person person, string path, object? body = null)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_active!.Address, "/api/v1/" + path)) { Content = JsonContent.Create(body ?? new { }) };
            request.Headers.Add("Origin", _active.Address.GetLeftPart(UriPartial.Authority));
            using var response = await _people[person].SendAsync(request);
            return JsonNode.Parse(await response.Content.ReadAsStringAsync());
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException)
        {
            return null;
        }
    }

    /// <summary>What the API holds; null when there is none, or nobody answers.</summary>
    public async Task<JsonNode?> TryGetAsync(string path)
    {
        try
        {
            using var response = await _people[Person.Anna].GetAsync(new Uri(_active!.Address, "/api/v1/" + path));
            return response.IsSuccessStatusCode ? JsonNode.Parse(await response.Content.ReadAsStringAsync()) : null;
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _people.Values) client.Dispose();
        if (_active is not null) await _active.DisposeAsync();
        if (_spare is not null) await _spare.DisposeAsync();
        await Storage.DisposeAsync();
        Directory.Delete(_directory, true);
    }

    private async Task BuryAsync()
    {
        if (_active is { IsGone: true } dead)
        {
            Kills++;
            await dead.DisposeAsync();
            _active = null;
        }

        if (_spare is { IsGone: true } deadToo)
        {
            Kills++;
            await deadToo.DisposeAsync();
            _spare = null;
        }
    }

    private CrashInstance Start() => CrashInstance.Start(Storage,
        "--Catalog:Directory", Path.Combine(_directory, "catalog"), "--" + CrashPoint.Switch, "true", "--" + CrashPoint.Setting, Steps,
        "--Security:ActionsPerMinute", "100000", "--Security:SignInsPerMinute", "1000");

    /// <summary>The shipped catalog with the card of the crash tests, and without objectives, whose past would be fetched at every start.</summary>
    private void CopyCatalog()
    {
        var (from, to) = (Repository.File("catalog"), Path.Combine(_directory, "catalog"));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            if (!file.Contains($"{Path.DirectorySeparatorChar}slos{Path.DirectorySeparatorChar}", StringComparison.Ordinal)) File.Copy(file, copy);
        }

        File.Copy(Repository.File("tests", "e2e", "Lab", "Crashes", "crash-card.yaml"), Path.Combine(to, "cards", "9-crashes.yaml"));
    }

    private async Task SignInAsync(Person person)
    {
        var page = await _people[person].GetStringAsync(new Uri(_active!.Address, "/sign-in"));
        using var entered = await _people[person].PostAsync(new Uri(_active.Address, "/sign-in"), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["name"] = person.ToString(),
            ["password"] = Password,
            ["returnUrl"] = "/healthz",
            ["__RequestVerificationToken"] = Regex.Match(page, "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"").Groups[1].Value,
        }));
        Assert.True(entered.RequestMessage!.RequestUri!.AbsolutePath == "/healthz", $"{person} may not sign in: {entered.StatusCode} {entered.RequestMessage.RequestUri}");
    }
}
