using System.Text.Json.Nodes;
using Cockpit.E2E.Support;
using Microsoft.Playwright;

namespace Cockpit.E2E.Lab.Pages;

/// <summary>Browser tests against real servers. They break the servers they share, so nothing else runs beside them.</summary>
[CollectionDefinition(nameof(RealServers), DisableParallelization = true)]
public sealed class RealServers : ICollectionFixture<LabCockpit>;

/// <summary>One cockpit in live mode on the lab's servers, with storage of its own in a schema apart.</summary>
public sealed class LabCockpit : IAsyncLifetime
{
    private const string Name = "lena";
    private const string Password = "a long enough password";

    private PostgresRig _storage = null!;

    internal CockpitApp App { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Lab.RepairAsync();
        await ResetAsync();
        _storage = await PostgresRig.CreateAsync();
        App = await StartAsync(Path.Combine(Lab.Folder, "cockpit.json"), _storage.ConnectionString);
    }

    public async Task DisposeAsync()
    {
        await App.DisposeAsync();
        await _storage.DisposeAsync();
        await ResetAsync();
    }

    /// <summary>Every fault off, every deployment as it was.</summary>
    internal static async Task ResetAsync()
    {
        foreach (var fault in (string[])["degraded-websockets", "redis-failover", "replica-lag"]) await Lab.DoAsync("fault", fault, "off");
        await Lab.DoAsync("replica", "resume");
        await Lab.DoAsync("reset");
    }

    /// <summary>A cockpit that may only look at the cluster's deployments.</summary>
    internal async Task<CockpitApp> StartAsViewerAsync(string file)
    {
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Lab.Folder, "cockpit.json")))!;
        settings["Kubernetes"] = new JsonObject
        {
            ["Kubeconfig"] = LabSetting.Get("COCKPIT_LAB_KUBECONFIG_VIEWER"), ["Namespaces"] = new JsonArray("bondx"),
        };
        await File.WriteAllTextAsync(file, settings.ToJsonString());
        return await StartAsync(file, _storage.ConnectionString);
    }

    /// <summary>Comes and signs in as the administrator.</summary>
    internal static async Task<Visitor> ComeAsync(CockpitApp app, string path)
    {
        var visitor = await Visitor.ComeAsync(app.Address);
        await visitor.Page.GotoAsync($"/sign-in?returnUrl={Uri.EscapeDataString(path)}");
        await visitor.Page.GetByLabel("Name").FillAsync(Name);
        await visitor.Page.GetByLabel("Password").FillAsync(Password);
        await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await visitor.Page.WaitForURLAsync(new Uri(app.Address, path).ToString());
        await visitor.OpenLiveAsync(path);
        return visitor;
    }

    private static Task<CockpitApp> StartAsync(string configuration, string storage) => CockpitApp.StartAsync(
    [
        "--Config", configuration, "--Storage:ConnectionString", storage, "--Security:FirstAdminName", Name, "--Security:FirstAdminPassword", Password,
    ]);
}
