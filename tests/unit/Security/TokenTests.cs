using Cockpit.Domain.Executions;
using Cockpit.Tests.Executions;
using Cockpit.Tests.Recording;
using Cockpit.Tests.Support;
using Cockpit.UseCases.SigningIn;

namespace Cockpit.Tests.Security;

/// <summary>Keys for programs: shown once, kept as a hash, on the audit, and never a person's.</summary>
public sealed class TokenTests
{
    private readonly MemoryEventStore _store = new(new FakeClock());
    private readonly TokenHandler _handler;

    public TokenTests() => _handler = new TokenHandler(_store, new FakeClock());

    [Fact]
    public async Task Key_is_shown_once_and_only_its_hash_is_kept()
    {
        var created = await CreateAsync("deploys", Role.Viewer, Role.Responder);

        Assert.DoesNotContain(created.Key, string.Concat(_store.Entries.Select(entry => entry.Payload)), StringComparison.Ordinal);
        Assert.Equal(("token.created", "Ada Lindqvist"), (_store.Entries[0].Type, _store.Entries[0].Actor.Name));
        var found = Book().WithKey(created.Key)!;
        Assert.Equal(created.Token.ToActor(), found.ToActor());
        Assert.Equal((false, "token deploys"), (found.ToActor().IsPerson, found.ToActor().Name));
        Assert.Null(Book().WithKey(created.Key + "x"));
        Assert.NotEqual(created.Key, (await CreateAsync("other", Role.Viewer)).Key);
    }

    [Fact]
    public async Task Revoked_token_works_no_more_and_its_name_is_free_again()
    {
        var created = await CreateAsync("deploys", Role.Viewer);
        Assert.Equal(new TokenOutcome.Refused("There is a token “deploys” already. Revoke it first, or choose another name."), await AskAsync("deploys", Role.Viewer));

        Assert.Equal(new TokenOutcome.Revoked("deploys"), await _handler.RevokeAsync("deploys", Runs.Ada, CancellationToken.None));

        Assert.Equal((null, null), (Book().WithKey(created.Key), Book().Find(created.Token.Id)));
        Assert.Equal(new TokenOutcome.Refused("There is no working token “deploys”."), await _handler.RevokeAsync("deploys", Runs.Ada, CancellationToken.None));
        Assert.IsType<TokenOutcome.Created>(await AskAsync("deploys", Role.Viewer));
    }

    [Theory]
    [InlineData(Role.Approver, "A token is not a person and cannot be approver; accepted: viewer, responder.")]
    [InlineData(Role.Admin, "A token is not a person and cannot be admin; accepted: viewer, responder.")]
    public async Task Token_is_never_given_what_only_a_person_may_do(Role role, string why) =>
        Assert.Equal(new TokenOutcome.Refused(why), await AskAsync("deploys", Role.Viewer, role));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\nb")]
    public async Task Name_that_nobody_could_read_is_refused(string name) => Assert.IsType<TokenOutcome.Refused>(await AskAsync(name, Role.Viewer));

    [Fact]
    public async Task Token_without_a_role_and_people_who_are_no_admins_are_refused()
    {
        Assert.Equal(new TokenOutcome.Refused("A token needs a role; accepted: viewer, responder."), await AskAsync("deploys"));
        Assert.Equal(
            new TokenOutcome.Refused("Only an admin may create tokens."), await _handler.CreateAsync("deploys", [Role.Viewer], Runs.Sam, CancellationToken.None));
        Assert.Equal(new TokenOutcome.Refused("Only an admin may revoke tokens."), await _handler.RevokeAsync("deploys", Runs.Ines, CancellationToken.None));
        Assert.Empty(_store.Entries);
    }

    private async Task<TokenOutcome.Created> CreateAsync(string name, params Role[] roles) => Assert.IsType<TokenOutcome.Created>(await AskAsync(name, roles));

    private Task<TokenOutcome> AskAsync(string name, params Role[] roles) => _handler.CreateAsync(name, roles, Runs.Ada, CancellationToken.None);

    private TokenBook Book()
    {
        var book = new TokenBook();
        foreach (var entry in _store.Entries) book.Apply(entry);
        return book;
    }
}
