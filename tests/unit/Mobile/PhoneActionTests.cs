using System.Buffers.Binary;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cockpit.Domain.Executions;
using Cockpit.Live;
using Cockpit.Security;
using Cockpit.Tests.Catalog;
using Cockpit.Tests.Hubs;
using Cockpit.UseCases.Executing;
using Microsoft.Extensions.DependencyInjection;

namespace Cockpit.Tests.Mobile;

/// <summary>A phone without scripts runs, cancels, approves and refuses. Scaling out asks for a number here; switching compression on is critical.</summary>
public sealed class PhoneActionTests : IAsyncLifetime
{
    private const string ScaleOut = "/m/incidents/1/actions/scale-out";
    private const int MostBytes = 60_000;

    private readonly DirectoryInfo _catalog = Directory.CreateTempSubdirectory("cockpit-phone-");
    private readonly RunningCockpit _cockpit = new();
    private Phone _sam = null!;
    private Phone _ines = null!;

    private ExecutionBook Executions => _cockpit.Services.GetRequiredService<ExecutionBook>();

    public async Task InitializeAsync()
    {
        CopyCatalog(new DirectoryInfo(Files.OwnCatalog), _catalog);
        await _cockpit.StartAsync("--Alertmanager:Token", Phone.AlertToken, "--Estate:Speed", "60", "--Estate:Faults:0", "degraded-websockets",
            "--Catalog:Directory", _catalog.FullName, "--Security:SignInsPerMinute", "1000");
        (_sam, _ines) = (new Phone(_cockpit.Address), new Phone(_cockpit.Address));
        await _sam.SignInAsync("demo-responder");
        await _ines.SignInAsync("demo-approver");
        await _sam.AlertAsync(annotations: ""","card":"degraded-websockets","runbook":"service-down" """);
        await Recording.Eventually.TrueAsync(() => _cockpit.Services.GetRequiredService<SnapshotFeed>().Current.Health?.Card("degraded-websockets") is { Matching: > 0 });
    }

    public async Task DisposeAsync()
    {
        _sam.Dispose();
        _ines.Dispose();
        await _cockpit.DisposeAsync();
        _catalog.Delete(recursive: true);
    }

    [Fact]
    public async Task Number_that_an_action_asks_for_is_a_field_then_a_preview_then_a_second_page_and_twice_is_one()
    {
        var question = await _sam.GetAsync(ScaleOut);
        Assert.Contains("How many?", question);
        Assert.Contains("<input type=\"number\"", question);
        Assert.DoesNotContain("name=\"preview\"", question);

        var preview = await _sam.GetAsync($"{ScaleOut}?in.count=8");
        Assert.Contains("replicas: 8", preview);
        var id = Phone.Hidden(preview, "preview");
        var second = await (await _sam.SubmitAsync($"{ScaleOut}/confirm", preview, ("preview", id))).Content.ReadAsStringAsync();
        Assert.Contains("Yes, scale out", second);
        for (var press = 0; press < 2; press++)
            Assert.Equal(HttpStatusCode.SeeOther, (await _sam.SubmitAsync($"{ScaleOut}/run", second, ("preview", id))).StatusCode);

        Assert.Equal([8], Executions.Recent.Select(each => int.Parse(each.Preview.Inputs.Single().Value)));
        Assert.Contains("replicas", await _sam.GetAsync($"/m/executions/{id}"));
    }

    [Fact]
    public async Task Number_out_of_bounds_is_told_and_the_question_can_be_asked_again_with_it()
    {
        var preview = await _sam.GetAsync($"{ScaleOut}?in.count=900");

        Assert.Contains("It cannot run now.", preview);
        Assert.Contains($"href=\"{ScaleOut}?in.count=900\"", preview);
        Assert.Empty(Executions.Recent);
    }

    [Fact]
    public async Task Choice_is_offered_as_the_cluster_lists_it()
    {
        var incident = await _sam.GetAsync("/m/incidents/1");
        Assert.Contains("href=\"/m/incidents/1/actions/restart\"", incident);

        var question = await _sam.GetAsync("/m/incidents/1/actions/restart");
        Assert.Contains("Which service?", question);
        var service = Regex.Matches(question, "<option value=\"([^\"]+)\"").Select(match => match.Groups[1].Value).First();

        Assert.Contains($"quantx-production/{service}", await _sam.GetAsync($"/m/incidents/1/actions/restart?in.service={service}"));
    }

    [Fact]
    public async Task Check_shows_what_it_finds_and_changes_nothing()
    {
        Assert.Contains("only looks", await _sam.GetAsync("/m/incidents/1"));

        var answer = await _sam.GetAsync("/m/incidents/1/actions/verify-stickiness");

        Assert.Contains("Look again", answer);
        Assert.Contains("affinity", answer, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(Executions.Recent);
    }

    [Fact]
    public async Task Low_risk_is_one_press_and_can_be_cancelled_for_a_moment_and_twice_is_once()
    {
        var preview = await _sam.GetAsync("/m/incidents/1/actions/calm");
        Assert.Contains("you can still cancel it", preview);
        var id = Phone.Hidden(preview, "preview");
        var sent = await _sam.SubmitAsync("/m/incidents/1/actions/calm/confirm", preview, ("preview", id));
        Assert.Equal($"/m/executions/{id}", sent.Headers.Location!.ToString());

        var waiting = await _sam.GetAsync($"/m/executions/{id}");
        Assert.Contains("Sent unless somebody cancels, in", waiting);
        Assert.Contains("<noscript><meta http-equiv=\"refresh\"", waiting);
        Assert.Equal(HttpStatusCode.SeeOther, (await _sam.SubmitAsync($"/m/executions/{id}/cancel", waiting)).StatusCode);
        var again = await (await _sam.SubmitAsync($"/m/executions/{id}/cancel", waiting)).Content.ReadAsStringAsync();

        Assert.Contains("role=\"alert\"", again);
        await Recording.Eventually.TrueAsync(() => Executions.Find(id)!.State == ExecutionState.Cancelled);
        Assert.Single(Executions.Find(id)!.Steps, step => step.Text.Contains("cancelled it", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Other_person_approves_on_a_phone_and_twice_is_once()
    {
        var asked = await AskAsync();
        Assert.Contains($"/m/executions/{asked.Id}", await _ines.GetAsync("/m"));
        Assert.Contains("another person decides", await _sam.GetAsync($"/m/executions/{asked.Id}"));
        var page = await _ines.GetAsync($"/m/approvals/{asked.Id}");
        Assert.Contains("compression_enabled", page);

        var own = await (await _sam.SubmitAsync($"/m/executions/{asked.Id}/approve", await _sam.GetAsync("/m/incidents/1"), ("round", "1"))).Content.ReadAsStringAsync();
        Assert.Contains("role=\"alert\"", own);
        Assert.Equal(ExecutionState.AwaitingApproval, Executions.Find(asked.Id)!.State);
        var first = await _ines.SubmitAsync($"/m/executions/{asked.Id}/approve", page, ("round", Phone.Hidden(page, "round")));
        var second = await _ines.SubmitAsync($"/m/executions/{asked.Id}/approve", page, ("round", Phone.Hidden(page, "round")));

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Contains("Ines Duarte approved", await second.Content.ReadAsStringAsync());
        await Recording.Eventually.TrueAsync(() => Executions.Find(asked.Id)!.State > ExecutionState.Dispatching);
        Assert.Single(Executions.Find(asked.Id)!.Steps, step => step.Text == "Sent to the target");
    }

    [Fact]
    public async Task Refusing_costs_a_reason_and_a_forged_form_decides_nothing()
    {
        var asked = await AskAsync();
        var page = await _ines.GetAsync($"/m/executions/{asked.Id}");

        Assert.Equal(HttpStatusCode.BadRequest, (await _ines.Http.PostAsync($"/m/executions/{asked.Id}/approve", new FormUrlEncodedContent([new("round", "1")]))).StatusCode);
        Assert.Contains("role=\"alert\"", await (await _ines.SubmitAsync($"/m/executions/{asked.Id}/refuse", page, ("reason", " "))).Content.ReadAsStringAsync());
        Assert.Equal(ExecutionState.AwaitingApproval, Executions.Find(asked.Id)!.State);
        Assert.Equal(HttpStatusCode.SeeOther, (await _ines.SubmitAsync($"/m/executions/{asked.Id}/refuse", page, ("reason", "not at night"))).StatusCode);

        await Recording.Eventually.TrueAsync(() => Executions.Find(asked.Id)!.State == ExecutionState.Refused);
    }

    [Fact]
    public async Task Each_page_and_all_it_needs_weigh_less_than_60_kB()
    {
        var asked = await AskAsync();
        var weights = new Dictionary<string, int>();
        var common = 0;
        foreach (var path in (string[])["/tokens.css", "/m.css", "/m.js", "/m.webmanifest", "/icon.svg", "/icons/cockpit-192.png"]) common += await WeighAsync(path);
        foreach (var path in (string[])["/m", "/m/incidents/1", $"{ScaleOut}?in.count=8", ScaleOut, $"/m/executions/{asked.Id}"]) weights[path] = common + await WeighAsync(path);

        Assert.All(weights, page => Assert.True(page.Value < MostBytes, $"{page.Key} weighs {page.Value} bytes"));
    }

    [Fact]
    public async Task Phone_can_install_it_and_every_icon_is_what_it_says()
    {
        var manifest = JsonDocument.Parse(await _sam.GetAsync("/m.webmanifest")).RootElement;

        Assert.Equal(("/m", "/m", "standalone"), (manifest.GetProperty("start_url").GetString(), manifest.GetProperty("scope").GetString(), manifest.GetProperty("display").GetString()));
        Assert.Contains("<link rel=\"manifest\" href=\"/m.webmanifest\"", await _sam.GetAsync("/m"));
        var pictures = manifest.GetProperty("icons").EnumerateArray().Where(icon => icon.GetProperty("type").GetString() == "image/png").ToList();
        Assert.Equal(["any 192x192", "any 512x512", "maskable 512x512"], pictures.Select(icon => $"{icon.GetProperty("purpose").GetString()} {icon.GetProperty("sizes").GetString()}").Order());
        foreach (var icon in pictures)
        {
            var bytes = await _sam.Http.GetByteArrayAsync("/" + icon.GetProperty("src").GetString());
            var size = (BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20)));
            Assert.Equal(icon.GetProperty("sizes").GetString(), $"{size.Item1}x{size.Item2}");
        }
    }

    private async Task<int> WeighAsync(string path)
    {
        using var answer = await _ines.Http.GetAsync(path);
        Assert.Equal((path, HttpStatusCode.OK), (path, answer.StatusCode));
        return (await answer.Content.ReadAsByteArrayAsync()).Length;
    }

    /// <summary>Sam asks at the desk for what is critical.</summary>
    private async Task<Execution> AskAsync()
    {
        var sam = DemoIdentities.All.Single(actor => actor.Id == "demo-responder");
        var services = _cockpit.Services;
        var preview = Assert.IsType<PreviewOutcome.Previewed>(await services.GetRequiredService<PreviewActionHandler>()
            .HandleAsync("degraded-websockets", "enable-compression", [], sam, CancellationToken.None)).Preview;
        var started = Assert.IsType<ConfirmOutcome.Started>(await services.GetRequiredService<ConfirmActionHandler>()
            .HandleAsync(preview.Id, new Confirmation(false, preview.Target.ToString(), "clients wait"), sam, CancellationToken.None)).Execution;
        Assert.Equal(ExecutionState.AwaitingApproval, started.State);
        await Recording.Eventually.TrueAsync(() => services.GetRequiredService<SnapshotFeed>().Current.Executions.Any(each => each.Id == started.Id));
        return started;
    }

    private static void CopyCatalog(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (var folder in from.EnumerateDirectories()) CopyCatalog(folder, to.CreateSubdirectory(folder.Name));
        foreach (var file in from.EnumerateFiles())
        {
            var text = File.ReadAllText(file.FullName);
            if (file.Name == "1-degraded-websockets.yaml")
            {
                var compression = Regex.Match(text, @"  - id: enable-compression\n(.*\n)+?\n").Value;
                text = text.Replace(compression, compression.Replace("risk: low", "risk: critical") + compression.Replace("id: enable-compression", "id: calm"));
                text = text.Replace("parameters: {replicas: \"8\"}", "parameters: {replicas: \"{count}\"}\n    inputs: [{name: count, question: \"How many?\", kind: number}]");
            }

            File.WriteAllText(Path.Combine(to.FullName, file.Name), text);
        }
    }
}
