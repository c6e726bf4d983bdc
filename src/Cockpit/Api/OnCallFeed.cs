using System.Security.Cryptography;
using System.Text;
using Cockpit.Domain.OnCall;
using Cockpit.UseCases.OnCall;
using Microsoft.AspNetCore.DataProtection;

namespace Cockpit.Api;

/// <summary>
/// The rotation with overrides as an iCalendar feed. Calendars cannot sign in: the address carries a secret of its own, which can do nothing else.
/// </summary>
internal sealed class OnCallFeed(OnCallBook book, IDataProtectionProvider protection, TimeProvider clock)
{
    public const string Path = "/api/v1/on-call.ics";

    private const string Everybody = "everybody";

    private readonly IDataProtector _protector = protection.CreateProtector("Cockpit.OnCallFeed.v1");

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(Path, (string? key, string? person, OnCallFeed feed) => feed.Read(key, person)).AllowAnonymous();

    /// <summary>The feed's address below the cockpit's own.</summary>
    public string Address => $"{Path}?key={_protector.Protect(Everybody)}";

    private IResult Read(string? key, string? person)
    {
        if (!IsGood(key)) return Results.Problem("This address is not complete: take it from the schedule page.", statusCode: StatusCodes.Status403Forbidden);
        var now = clock.GetUtcNow();
        return Results.Text(
            OnCallCalendar.Write(book.Schedule, now.AddDays(-14), now.AddDays(180), now, string.IsNullOrEmpty(person) ? null : person), "text/calendar", Encoding.UTF8);
    }

    private bool IsGood(string? key)
    {
        try
        {
            return key is not null && _protector.Unprotect(key) == Everybody;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
