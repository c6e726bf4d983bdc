using Cockpit.Storage;
using Cockpit.UseCases.Recording;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Cockpit.Tests.Storage;

public sealed class StorageServicesTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("cockpit-storage-").FullName;

    public void Dispose() => Directory.Delete(_directory, true);

    [Fact]
    public async Task Ticket_protected_before_a_restart_is_accepted_after_it()
    {
        string ticket;
        await using (var before = Build(("Storage:DataDirectory", _directory)))
            ticket = before.GetRequiredService<IDataProtectionProvider>().CreateProtector("cookie").Protect("lena");

        await using var after = Build(("Storage:DataDirectory", _directory));

        Assert.Equal("lena", after.GetRequiredService<IDataProtectionProvider>().CreateProtector("cookie").Unprotect(ticket));
    }

    [Fact]
    public async Task Events_recorded_before_a_restart_are_there_after_it()
    {
        var stream = new StreamId("execution", "1");
        await using (var before = Build(("Storage:DataDirectory", _directory)))
            await before.GetRequiredService<IEventStore>().AppendAsync(
                stream, 0, [new NewEvent("test.noted", "1", StorageRig.Lena)], CancellationToken.None);

        await using var after = Build(("Storage:DataDirectory", _directory));

        Assert.Single(await after.GetRequiredService<IEventStore>().ReadStreamAsync(stream, CancellationToken.None));
        Assert.True(after.GetRequiredService<ILeadership>().IsLeader);
    }

    [Fact]
    public void Wrong_options_are_all_named_with_what_is_accepted()
    {
        using var services = Build(
            ("Storage:Kind", "mysql"), ("Storage:AnchorFile", " "), ("Storage:AnchorEvery", "00:00:00"));

        var refused = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<StorageOptions>>().Value);

        Assert.Equal(
            [
                "Storage:Kind is 'mysql'; accepted are sqlite and postgres.",
                "Storage:AnchorFile is empty; accepted is the path of a file, or leave the key out.",
                "Storage:AnchorEvery is out of range; accepted is 00:00:01 to 1.00:00:00.",
            ],
            refused.Failures);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Host=db")]
    [InlineData("Host=db;Database=cockpit;Pasword=hunter2")]
    [InlineData("hunter2")]
    public void Connection_string_that_cannot_work_is_refused_without_being_shown(string? connectionString)
    {
        using var services = Build(("Storage:Kind", "postgres"), ("Storage:ConnectionString", connectionString));

        var refused = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<StorageOptions>>().Value);

        Assert.StartsWith("Storage:ConnectionString is missing", Assert.Single(refused.Failures), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refused.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Build(params (string Key, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => setting.Value))
            .Build();
        return new ServiceCollection().AddLogging().AddCockpitStorage(configuration).BuildServiceProvider();
    }
}
