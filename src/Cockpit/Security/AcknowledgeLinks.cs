using System.Security.Cryptography;
using Cockpit.UseCases.Notifying;
using Microsoft.AspNetCore.DataProtection;

namespace Cockpit.Security;

/// <summary>Signs and encrypts what an acknowledge link stands for, with the keys that every instance shares. A day later it is worth nothing.</summary>
internal sealed class AcknowledgeLinks(IDataProtectionProvider protection) : IAcknowledgeLinks
{
    private static readonly TimeSpan Valid = TimeSpan.FromHours(24);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Cockpit.AcknowledgeLinks.v1").ToTimeLimitedDataProtector();

    public string Create(string incident, string person, string personName) => _protector.Protect($"{incident}\n{person}\n{personName}", Valid);

    public (string Incident, string Person, string PersonName)? Read(string token)
    {
        try
        {
            var parts = _protector.Unprotect(token).Split('\n');
            return parts.Length == 3 ? (parts[0], parts[1], parts[2]) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
