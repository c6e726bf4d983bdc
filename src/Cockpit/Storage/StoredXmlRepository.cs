using System.Xml.Linq;
using Cockpit.UseCases.Recording;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Cockpit.Storage;

/// <summary>Keeps data-protection keys with everything else, so that a restart or another instance signs nobody out.</summary>
internal sealed class StoredXmlRepository(StorageDatabase database, TimeProvider time) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => Wait(async () =>
    {
        var documents = await database.ReadAsync(
            connection => connection.QueryAsync<string>("SELECT xml FROM data_protection_keys ORDER BY number"), CancellationToken.None);
        return documents.Select(XElement.Parse).ToList();
    });

    public void StoreElement(XElement element, string friendlyName) => Wait(() => database.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            "INSERT INTO data_protection_keys (friendly_name, xml, created_at_us) VALUES (@friendlyName, @xml, @now)",
            new
            {
                friendlyName = friendlyName ?? "",
                xml = element.ToString(SaveOptions.DisableFormatting),
                now = LedgerEncoding.ToMicroseconds(time.GetUtcNow()),
            },
            transaction),
        CancellationToken.None));

    // The framework's port is synchronous. Keys are read about once a day, on a thread that no context is waiting for.
    private static T Wait<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();
}
