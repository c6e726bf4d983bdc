using Cockpit.Domain.Executions;
using Cockpit.Security;
using Cockpit.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cockpit.Tests.Security;

public sealed class StoredIdentitiesTests
{
    private readonly FakeUsers _users = new();

    [Fact]
    public async Task Right_password_is_the_person_with_their_roles()
    {
        var lena = _users.Add("lena", "correct horse battery", "viewer", "Responder");

        Assert.Equal(new Actor(lena.Id, "lena", [Role.Viewer, Role.Responder], IsPerson: true), await Check("LENA", "correct horse battery"));
    }

    [Theory]
    [InlineData("lena", "wrong")]
    [InlineData("lena", "")]
    [InlineData("nobody", "correct horse battery")]
    [InlineData("", "")]
    public async Task Anything_else_is_nobody(string name, string password)
    {
        _users.Add("lena", "correct horse battery", "viewer");

        Assert.Null(await Check(name, password));
    }

    [Fact]
    public async Task Disabled_person_is_nobody()
    {
        var lena = _users.Add("lena", "correct horse battery", "viewer");
        await _users.SetDisabledAsync(lena.Id, true, CancellationToken.None);

        Assert.Null(await Check("lena", "correct horse battery"));
        Assert.Null(await new StoredIdentities(_users).FindAsync(lena.Id, CancellationToken.None));
    }

    [Theory]
    [InlineData("3")]
    [InlineData("viewer,admin")]
    [InlineData("root")]
    public async Task Role_that_is_none_gives_nothing(string role)
    {
        var lena = _users.Add("lena", "correct horse battery", role);

        Assert.Empty((await new StoredIdentities(_users).FindAsync(lena.Id, CancellationToken.None))!.Roles);
    }

    [Fact]
    public async Task First_administrator_is_made_when_there_is_nobody()
    {
        await RunAsync(new SecurityOptions { FirstAdminName = "ada", FirstAdminPassword = "correct horse battery" });

        Assert.Equal([Role.Viewer, Role.Responder, Role.Approver, Role.Admin], (await Check("ada", "correct horse battery"))!.Roles.Order());
    }

    [Fact]
    public async Task First_administrator_is_not_made_beside_others()
    {
        _users.Add("lena", "correct horse battery", "viewer");

        await RunAsync(new SecurityOptions { FirstAdminName = "ada", FirstAdminPassword = "correct horse battery" });

        Assert.Null(await Check("ada", "correct horse battery"));
    }

    [Fact]
    public async Task Nobody_is_made_without_a_name_and_a_password()
    {
        await RunAsync(new SecurityOptions { FirstAdminName = "ada" });

        Assert.Empty(await _users.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Storage_that_is_down_is_waited_for()
    {
        var clock = new FakeClock();
        _users.IsDown = true;
        using var first = new FirstAdministrator(_users, new SecurityOptions { FirstAdminName = "ada", FirstAdminPassword = "correct horse battery" },
            clock, NullLogger<FirstAdministrator>.Instance);
        await first.StartAsync(CancellationToken.None);
        await Recording.Eventually.TrueAsync(() => clock.PendingTimers > 0);

        _users.IsDown = false;
        clock.Advance(TimeSpan.FromSeconds(2));
        await first.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.NotNull(await Check("ada", "correct horse battery"));
    }

    [Fact]
    public async Task Demo_people_have_no_passwords()
    {
        var demo = new DemoIdentities();

        Assert.All(DemoIdentities.All, person => Assert.Null(demo.CheckPasswordAsync(person.Name, "", CancellationToken.None).Result));
        Assert.Null(await demo.FindAsync("demo-nobody", CancellationToken.None));
    }

    private Task<Actor?> Check(string name, string password) =>
        new StoredIdentities(_users).CheckPasswordAsync(name, password, CancellationToken.None);

    private async Task RunAsync(SecurityOptions options)
    {
        using var first = new FirstAdministrator(_users, options, new FakeClock(), NullLogger<FirstAdministrator>.Instance);
        await first.StartAsync(CancellationToken.None);
        await first.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(10));
    }
}
