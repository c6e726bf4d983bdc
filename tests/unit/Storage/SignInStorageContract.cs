using System.Xml.Linq;
using Cockpit.Storage;
using Cockpit.UseCases.SigningIn;

namespace Cockpit.Tests.Storage;

public abstract class SignInStorageContract : StorageContract
{
    [Fact]
    public async Task User_is_found_by_name_in_any_case_and_by_id_in_another_instance()
    {
        var created = await CreateAsync(Users(), "Léna", "viewer", "responder", "viewer");

        var others = Users();

        Assert.Equal("responder,viewer", string.Join(',', created.Roles));
        Assert.Equal(created, await others.FindByNameAsync(" LÉNA", CancellationToken.None));
        Assert.Equal(created, await others.FindByIdAsync(created.Id, CancellationToken.None));
        Assert.Equal([created], await others.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task User_that_does_not_exist_is_nobody()
    {
        var users = Users();

        Assert.Null(await users.FindByNameAsync("nobody", CancellationToken.None));
        Assert.Null(await users.FindByNameAsync("no\0body", CancellationToken.None));
        Assert.Null(await users.FindByIdAsync("' OR 1=1 --", CancellationToken.None));
        Assert.Null(await users.UpdateRolesAsync("nobody", ["admin"], CancellationToken.None));
    }

    [Fact]
    public async Task Name_is_taken_whatever_its_case()
    {
        var users = Users();
        var first = await CreateAsync(users, "lena", "viewer");

        var second = await users.CreateAsync("Lena", "hash", [], CancellationToken.None);

        Assert.Equal(new UserCreation.NameTaken("Lena"), second);
        Assert.Equal([first], await users.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Name_asked_for_by_many_at_once_goes_to_one()
    {
        var stores = new[] { Users(), Users() };

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            Task.Run(() => stores[i % 2].CreateAsync("lena", "hash", [], CancellationToken.None))));

        Assert.Single(results.OfType<UserCreation.Created>());
        Assert.Equal(7, results.OfType<UserCreation.NameTaken>().Count());
    }

    [Fact]
    public async Task Every_change_renews_the_security_stamp_of_that_user_only()
    {
        var users = Users();
        var lena = await CreateAsync(users, "lena", "viewer");
        var omar = await CreateAsync(users, "omar", "admin");

        var withRoles = await users.UpdateRolesAsync(lena.Id, ["approver", "viewer"], CancellationToken.None);
        var withPassword = await users.UpdatePasswordAsync(lena.Id, "hash-2", CancellationToken.None);
        var disabled = await users.SetDisabledAsync(lena.Id, true, CancellationToken.None);

        Assert.Equal(lena with { Roles = ["approver", "viewer"], SecurityStamp = withRoles!.SecurityStamp }, withRoles);
        Assert.Equal(withRoles with { PasswordHash = "hash-2", SecurityStamp = withPassword!.SecurityStamp }, withPassword);
        Assert.Equal(withPassword with { IsDisabled = true, SecurityStamp = disabled!.SecurityStamp }, disabled);
        Assert.Equal(4, new HashSet<string> { lena.SecurityStamp, withRoles.SecurityStamp, withPassword.SecurityStamp, disabled.SecurityStamp }.Count);
        Assert.Equal([disabled, omar], await users.ListAsync(CancellationToken.None));
    }

    [Fact]
    public void Signing_keys_are_there_after_a_restart_in_order()
    {
        var keys = new[] { XElement.Parse("<key id=\"1\"><a> ü </a></key>"), XElement.Parse("<revocation/>") };
        var before = new StoredXmlRepository(Rig.Open().Database, Rig.Clock);
        foreach (var key in keys) before.StoreElement(key, "name");

        var after = new StoredXmlRepository(Rig.Open().Database, Rig.Clock).GetAllElements();

        Assert.Equal(keys.Select(key => key.ToString()), after.Select(key => key.ToString()));
    }

    private static async Task<LocalUser> CreateAsync(IUserStore users, string name, params string[] roles) =>
        Assert.IsType<UserCreation.Created>(await users.CreateAsync(name, "hash-1", roles, CancellationToken.None)).User;

    private UserStore Users() => new(Rig.Open().Database, Rig.Clock);
}
