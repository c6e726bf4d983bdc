namespace Cockpit.Tests.Storage;

public sealed class SqliteEventStoreTests : EventStoreContract
{
    internal override Task<StorageRig> CreateRigAsync() => Task.FromResult<StorageRig>(new SqliteRig());
}

public sealed class SqliteAuditTests : AuditContract
{
    internal override Task<StorageRig> CreateRigAsync() => Task.FromResult<StorageRig>(new SqliteRig());
}

public sealed class SqliteMigrationTests : MigrationContract
{
    internal override Task<StorageRig> CreateRigAsync() => Task.FromResult<StorageRig>(new SqliteRig());
}

public sealed class SqliteSliArchiveTests : SliArchiveContract
{
    internal override Task<StorageRig> CreateRigAsync() => Task.FromResult<StorageRig>(new SqliteRig());
}

public sealed class SqliteSignInStorageTests : SignInStorageContract
{
    internal override Task<StorageRig> CreateRigAsync() => Task.FromResult<StorageRig>(new SqliteRig());
}
