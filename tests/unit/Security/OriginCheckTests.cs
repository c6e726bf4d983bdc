using Cockpit.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cockpit.Tests.Security;

public sealed class OriginCheckTests
{
    [Theory]
    [InlineData("/_blazor", null, true)]
    [InlineData("/_blazor", "https://cockpit.example", true)]
    [InlineData("/_blazor", "HTTPS://COCKPIT.example", true)]
    [InlineData("/_blazor/negotiate", "https://evil.example", false)]
    [InlineData("/_BLAZOR", "https://evil.example", false)]
    [InlineData("/hubs/live", "https://evil.example", false)]
    [InlineData("/hubs/live", "https://other.example", true)]
    [InlineData("/hubs/live", "http://cockpit.example", false)]
    [InlineData("/hubs/live", "https://cockpit.example:8443", false)]
    [InlineData("/hubs/live", "https://cockpit.example.evil.example", false)]
    [InlineData("/hubs/live", "null", false)]
    [InlineData("/hubs/live", "https://cockpit.example,https://evil.example", false)]
    [InlineData("/cards", "https://evil.example", true)]
    [InlineData("/hubsling", "https://evil.example", true)]
    public async Task Browser_of_another_origin_is_kept_from_the_hubs(string path, string? origin, bool passes)
    {
        var passed = false;
        var check = new OriginCheck(_ =>
        {
            passed = true;
            return Task.CompletedTask;
        }, new SecurityOptions { AllowedOrigins = ["https://other.example"] }, NullLogger<OriginCheck>.Instance);
        var context = new DefaultHttpContext { Request = { Scheme = "https", Host = new HostString("cockpit.example"), Path = path } };
        if (origin is not null) context.Request.Headers.Origin = origin;

        await check.InvokeAsync(context);

        Assert.Equal((passes, passes ? 200 : 403), (passed, context.Response.StatusCode));
    }
}
