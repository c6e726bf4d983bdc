using System.Text.Json.Nodes;
using Cockpit.Domain.Executions;
using Cockpit.Security;
using Cockpit.UseCases.Executing;
using Cockpit.UseCases.SigningIn;
using Microsoft.Extensions.DependencyInjection;
using static Cockpit.Tests.Api.V1.ApiCockpit;

namespace Cockpit.Tests.Api.V1;

/// <summary>The API over HTTP: who calls, what is refused and how, and that a retry is no second deed.</summary>
public sealed class ExecutionApiTests(ApiCockpit cockpit) : IClassFixture<ApiCockpit>
{
    private const string Executions = "/api/v1/executions";

    [Fact]
    public async Task Cards_are_listed_with_their_actions_inputs_and_record()
    {
        using var program = await cockpit.ProgramAsync(Role.Viewer);

        var (_, cards) = await GetAsync(program, "/api/v1/cards");
        var (_, card) = await GetAsync(program, Card);

        Assert.Equal(5, cards.AsArray().Count);
        Assert.Equal("degraded-websockets", (string)card["card"]!["id"]!);
        Assert.True((int)card["card"]!["matching"]! > 0);
        var scaleOut = card["actions"]!.AsArray().Single(action => (string)action!["id"]! == "scale-out")!;
        Assert.Equal(("medium", 7200.0, true), ((string)scaleOut["risk"]!, (double)scaleOut["leaseSeconds"]!, (bool)scaleOut["runnable"]!));
    }

    [Fact]
    public async Task Token_previews_and_runs_and_the_same_key_twice_is_the_same_execution()
    {
        await using var own = await OwnAsync();
        using var program = await own.Cockpit.ProgramAsync(Role.Viewer, Role.Responder);
        var preview = await PreviewAsync(program);
        var body = new { preview, held = true };

        var (status, first) = await PostAsync(program, Executions, body, "deploy-7");
        var (again, second) = await PostAsync(program, Executions, body, "deploy-7");
        var (reused, problem) = await PostAsync(program, Executions, new { preview, held = false }, "deploy-7");

        Assert.Equal((201, 201, 422), (status, again, reused));
        Assert.Equal((string)first["id"]!, (string)second["id"]!);
        Assert.Equal(preview, (string)first["id"]!);
        Assert.Equal("idempotency-key-reused", Problem(problem).Type);
        Assert.NotNull(first["lease"]);

        var (_, found) = await GetAsync(program, $"{Executions}/{preview}");
        Assert.Equal("Scale out the WebSocket managers 4 → 8", (string)found["title"]!);
        Assert.Contains(found["steps"]!.AsArray(), step => ((string)step!["text"]!).StartsWith("token t-", StringComparison.Ordinal));
        var (_, open) = await GetAsync(program, $"{Executions}?open=true");
        Assert.Contains(open.AsArray(), execution => (string)execution!["id"]! == preview);
    }

    [Fact]
    public async Task Every_way_to_fail_is_problem_json_with_a_type_that_stays()
    {
        using var viewer = await cockpit.ProgramAsync(Role.Viewer);
        using var nobody = cockpit.Nobody();
        using var stranger = cockpit.Nobody();
        stranger.DefaultRequestHeaders.Add("Authorization", "Bearer ckp_wrong");
        using var malformed = await viewer.PostAsync(Executions, new StringContent("{", System.Text.Encoding.UTF8, "application/json"));
        using var plain = await viewer.PostAsync(Executions, new StringContent("x"));

        Assert.Equal((404, "no-such-card"), Of(await GetAsync(viewer, "/api/v1/cards/no-such")));
        Assert.Equal((404, "no-such-action"), Of(await PostAsync(viewer, $"{Card}/actions/no-such/previews")));
        Assert.Equal((404, "no-such-execution"), Of(await GetAsync(viewer, $"{Executions}/no-such")));
        Assert.Equal((404, "no-such-execution"), Of(await PostAsync(viewer, $"{Executions}/no-such/cancel")));
        Assert.Equal((404, "http-404"), Of(await GetAsync(viewer, "/api/v1/nothing")));
        Assert.Equal((405, "http-405"), Of(await PostAsync(viewer, "/api/v1/cards")));
        Assert.Equal((410, "preview-gone"), Of(await PostAsync(viewer, Executions, new { preview = "gone" })));
        Assert.Equal((401, "token-unknown"), Of(await GetAsync(stranger, "/api/v1/cards")));
        Assert.Equal((409, "guarded"), Of(await PostAsync(nobody, Executions, new { preview = await PreviewAsync(nobody), held = true })));
        Assert.Equal((400, "http-400"), Of(await ReadAsync(malformed)));
        Assert.Equal((415, "http-415"), Of(await ReadAsync(plain)));
    }

    /// <summary>Everybody × every action that runs here: what HTTP says is what the use case says, word for word.</summary>
    [Theory]
    [InlineData("guest")]
    [InlineData("demo-executive")]
    [InlineData("demo-responder")]
    [InlineData("demo-approver")]
    [InlineData("demo-admin")]
    [InlineData("token viewer")]
    [InlineData("token responder")]
    public async Task Http_refuses_with_the_sentence_of_the_use_case(string who)
    {
        using var client = who switch
        {
            "guest" => cockpit.Nobody(),
            "token viewer" => await cockpit.ProgramAsync(Role.Viewer),
            "token responder" => await cockpit.ProgramAsync(Role.Viewer, Role.Responder),
            _ => await cockpit.PersonAsync(who),
        };
        var actor = who switch
        {
            "guest" => Actor.Anonymous,
            _ when client.DefaultRequestHeaders.Authorization is { } key => cockpit.Services.GetRequiredService<TokenBook>().WithKey(key.Parameter!)!.ToActor(),
            _ => DemoIdentities.All.Single(person => person.Id == who),
        };
        var confirm = cockpit.Services.GetRequiredService<ConfirmActionHandler>();
        var (_, card) = await GetAsync(client, Card);
        foreach (var action in card["actions"]!.AsArray().Where(action => (bool)action!["runnable"]! && action["inputs"]!.AsArray().Count == 0))
        {
            var preview = await PreviewAsync(client, (string)action!["id"]!);

            // Nothing is held, typed or explained, so whoever may run it lacks the confirmation; a click would do for low risk alone.
            if ((string)action["risk"]! == "low" && actor.May(Role.Responder)) continue;
            var (status, problem) = await PostAsync(client, Executions, new { preview });
            var refused = Assert.IsType<ConfirmOutcome.Refused>(await confirm.HandleAsync(preview, new Confirmation(false, null, null), actor, CancellationToken.None));

            Assert.Equal(refused.Why.Sentence, Problem(problem).Sentence);
            Assert.Equal(refused.Why is ActionRefusal.Guarded ? (409, "guarded") : (422, "confirm-otherwise"), (status, Problem(problem).Type));
            if (!actor.May(Role.Responder)) Assert.Equal("guarded", Problem(problem).Type);
        }
    }

    [Fact]
    public async Task Caller_who_presses_too_often_is_told_to_wait()
    {
        var own = new ApiCockpit();
        await own.InitializeAsync("--Security:ActionsPerMinute", "2");
        try
        {
            using var program = await own.ProgramAsync(Role.Viewer);
            for (var press = 0; press < 2; press++) Assert.Equal(200, (await PostAsync(program, $"{Card}/actions/scale-out/previews")).Status);

            Assert.Equal((429, "too-many-presses"), Of(await PostAsync(program, $"{Card}/actions/scale-out/previews")));
            Assert.Equal(200, (await GetAsync(program, "/api/v1/cards")).Status);
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    [Fact]
    public async Task Audit_is_exported_line_by_line_and_each_line_is_chained_to_the_one_before()
    {
        await using var own = await OwnAsync();
        using var program = await own.Cockpit.ProgramAsync(Role.Viewer, Role.Responder);
        using var stranger = own.Cockpit.Nobody();
        stranger.DefaultRequestHeaders.Add("Authorization", "Bearer ckp_wrong");
        await PostAsync(program, Executions, new { preview = await PreviewAsync(program), held = true });

        var all = await LinesAsync(program, "");
        var some = await LinesAsync(program, "scale-out");

        Assert.True(all.Length > some.Length && some.Length > 0);
        Assert.Equal(Enumerable.Range(1, all.Length), all.Select(line => (int)line["position"]!));
        Assert.Equal(all.SkipLast(1).Select(line => (string)line["hash"]!), all.Skip(1).Select(line => (string)line["previousHash"]!));
        Assert.Contains(some, line => (string)line["payload"]!["preview"]!["actionId"]! == "scale-out");
        Assert.Equal((401, "token-unknown"), Of(await GetAsync(stranger, "/api/v1/audit")));

        static async Task<JsonNode[]> LinesAsync(HttpClient client, string text) =>
            [.. (await client.GetStringAsync($"/api/v1/audit?text={text}")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }

    [Fact]
    public async Task Cookie_changes_nothing_from_another_site()
    {
        using var person = await cockpit.PersonAsync("demo-responder");
        Assert.Equal(200, (await PostAsync(person, $"{Card}/actions/scale-out/previews")).Status);

        person.DefaultRequestHeaders.Remove("Origin");
        Assert.Equal((403, "cross-origin"), Of(await PostAsync(person, $"{Card}/actions/scale-out/previews")));
        person.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        Assert.Equal((403, "cross-origin"), Of(await PostAsync(person, $"{Card}/actions/scale-out/previews")));
    }

    [Fact]
    public async Task Preview_of_another_caller_is_theirs_alone()
    {
        using var one = await cockpit.ProgramAsync(Role.Viewer, Role.Responder);
        using var other = await cockpit.ProgramAsync(Role.Viewer, Role.Responder);

        Assert.Equal((403, "not-your-preview"), Of(await PostAsync(other, Executions, new { preview = await PreviewAsync(one), held = true })));
    }

    [Fact]
    public async Task Low_risk_waits_and_can_be_cancelled()
    {
        await using var own = await OwnAsync();
        using var program = await own.Cockpit.ProgramAsync(Role.Viewer, Role.Responder);
        var (_, card) = await GetAsync(program, Card);
        var low = card["actions"]!.AsArray().FirstOrDefault(action => (string)action!["risk"]! == "low" && (bool)action["runnable"]!);
        if (low is null) return;
        var preview = await PreviewAsync(program, (string)low["id"]!);

        var (_, held) = await PostAsync(program, Executions, new { preview });
        Assert.Equal("cancellable", (string)held["state"]!);
        var (_, cancelled) = await PostAsync(program, $"{Executions}/{preview}/cancel", new { reason = "not now" });
        Assert.Equal("cancelled", (string)cancelled["state"]!);
        Assert.Equal((409, "too-late-to-cancel"), Of(await PostAsync(program, $"{Executions}/{preview}/cancel")));
    }

    [Fact]
    public async Task Description_lists_every_path_and_the_bearer_scheme()
    {
        using var nobody = cockpit.Nobody();

        var (status, document) = await GetAsync(nobody, "/openapi/v1.json");

        Assert.Equal(200, status);
        var paths = document["paths"]!.AsObject().Select(path => path.Key).ToHashSet();
        Assert.Superset(
            new HashSet<string>
            {
                "/api/v1/cards", "/api/v1/cards/{id}", "/api/v1/cards/{id}/actions/{action}/previews", "/api/v1/executions", "/api/v1/executions/{id}",
                "/api/v1/executions/{id}/cancel", "/api/v1/executions/{id}/approval", "/api/v1/executions/{id}/refusal", "/api/v1/executions/{id}/break-glass",
                "/api/v1/audit", "/api/v1/executions/{id}/resolution", "/api/v1/executions/{id}/lease/extend", "/api/v1/executions/{id}/lease/revert",
            }, paths);
        Assert.All(paths, path => Assert.StartsWith("/api/", path, StringComparison.Ordinal));
        Assert.Equal("bearer", (string)document["components"]!["securitySchemes"]!["token"]!["scheme"]!);
    }

    [Fact]
    public async Task Revoked_token_stops_working()
    {
        using var program = await cockpit.ProgramAsync(Role.Viewer);
        var tokens = cockpit.Services.GetRequiredService<TokenHandler>();
        var book = cockpit.Services.GetRequiredService<TokenBook>();
        var token = book.WithKey(program.DefaultRequestHeaders.Authorization!.Parameter!)!;
        Assert.Equal(200, (await GetAsync(program, "/api/v1/cards")).Status);

        await tokens.RevokeAsync(token.Name, DemoIdentities.All[^1], CancellationToken.None);

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10), TimeProvider.System);
        while (book.Find(token.Id) is not null) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        Assert.Equal((401, "token-unknown"), Of(await GetAsync(program, "/api/v1/cards")));
    }

    private static async Task<string> PreviewAsync(HttpClient client, string action = "scale-out")
    {
        var (status, preview) = await PostAsync(client, $"{Card}/actions/{action}/previews");
        Assert.True(status == 200, preview.ToJsonString());
        return (string)preview["id"]!;
    }

    private static (int Status, string Type) Of((int Status, JsonNode Body) answer) => (answer.Status, Problem(answer.Body).Type);

    private static async Task<Owned> OwnAsync()
    {
        var own = new ApiCockpit();
        await own.InitializeAsync();
        return new Owned(own);
    }

    /// <summary>A server of the test's own, because the test changes its estate.</summary>
    private sealed record Owned(ApiCockpit Cockpit) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await Cockpit.DisposeAsync();
    }
}
