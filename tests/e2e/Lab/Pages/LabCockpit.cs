using System.Text.Json.Nodes;
using Cockpit.E2E.Support;
using Cockpit.Security;
using Cockpit.UseCases.Recording;
using Cockpit.UseCases.SigningIn;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Cockpit.E2E.Lab.Pages;

/// <summary>A cockpit in live mode on the lab's servers, with storage of its own in a schema apart.</summary>
internal sealed class LabCockpit : IAsyncDisposable
{
    private const string Name = "lena";
    private const string Password = "a long enough password";

    /// <summary>Approves what the administrator asks for.</summary>
    public const string Approver = "noor";


    private readonly OwnSchema _storage;

    private LabCockpit(OwnSchema storage, CockpitApp app) => (_storage, App) = (storage, app);

    public CockpitApp App { get; }

    /// <summary>Starts with the lab's own configuration.</summary>
    public static Task<LabCockpit> StartAsync(params string[] settings) => StartAsync(Path.Combine(Lab.Folder, "cockpit.json"), settings);

    /// <summary>Starts with another account for the cluster, which sees one namespace.</summary>
    public static async Task<LabCockpit> StartAsAsync(string kubeconfig)
    {
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Lab.Folder, "cockpit.json")))!;
        settings["Kubernetes"] = new JsonObject { ["Kubeconfig"] = kubeconfig, ["Namespaces"] = new JsonArray("bondx") };
        var file = Path.Combine(Lab.Folder, $"cockpit-{Path.GetFileNameWithoutExtension(kubeconfig)}.json");
        await File.WriteAllTextAsync(file, settings.ToJsonString());
        return await StartAsync(file, []);
    }

    /// <summary>Comes, signs in as the administrator or as somebody else and opens a page.</summary>
    public async Task<Visitor> ComeAsync(string path, string name = Name, Screen? screen = null)
    {
        var visitor = await Visitor.ComeAsync(App.Address, screen);
        await SignInAsync(visitor.Page, path, name);
        await visitor.OpenLiveAsync(path);
        return visitor;
    }

    /// <summary>Signs the administrator or somebody else in, which leads to a page.</summary>
    public async Task SignInAsync(IPage page, string path, string name = Name)
    {
        await page.GotoAsync($"/sign-in?returnUrl={Uri.EscapeDataString(path)}");
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync(new Uri(App.Address, path).ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await _storage.DisposeAsync();
    }

    private static async Task<LabCockpit> StartAsync(string configuration, string[] settings)
    {
        var storage = await OwnSchema.CreateAsync();
        var app = await CockpitApp.StartAsync(
        [
            "--Config", configuration, "--Storage:ConnectionString", storage.ConnectionString,
            "--Security:FirstAdminName", Name, "--Security:FirstAdminPassword", Password, .. settings,
        ]);
        var users = app.Services.GetRequiredService<IUserStore>();
        await SomebodyMaySignInAsync(users);
        await users.CreateAsync(Approver, StoredIdentities.HashOf(Password), ["viewer", "approver"], CancellationToken.None);
        return new LabCockpit(storage, app);
    }

    private static async Task SomebodyMaySignInAsync(IUserStore users)
    {
        using var patience = new CancellationTokenSource(Visitor.Patience, TimeProvider.System);
        while (true)
        {
            try
            {
                if ((await users.ListAsync(patience.Token)).Count > 0) return;
            }
            catch (StorageUnavailableException) when (!patience.IsCancellationRequested)
            {
                // The schema is made in the background.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
        }
    }
}
