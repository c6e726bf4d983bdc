using System.Security.Cryptography.X509Certificates;
using Cockpit.Connectors.Kubernetes.Api;

namespace Cockpit.Tests.Connectors.Kubernetes;

public sealed class TlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _authority = new();

    public void Dispose()
    {
        _folder.Dispose();
        _authority.Dispose();
    }

    [Fact]
    public async Task Server_of_the_pinned_authority_is_believed()
    {
        await using var server = await ServeAsync(_authority.Server("127.0.0.1"));
        _folder.Write("ca.pem", _authority.Pem);
        using var client = Client(server, "certificate-authority: ca.pem");

        Assert.Equal("gateway", (await client.ReadAsync()).Value().Metadata.Name);
    }

    [Fact]
    public async Task Server_of_another_authority_is_not_believed()
    {
        using var another = new TestAuthority();
        await using var server = await ServeAsync(another.Server("127.0.0.1"));
        using var client = Client(server, $"certificate-authority-data: {_authority.PemInBase64}");

        Assert.Equal(
            new KubeFailure.Unreachable($"the certificate of {server.Address.Authority} is not signed by an authority that is trusted here"),
            (await client.ReadAsync()).Failure());
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Server_of_an_authority_that_nobody_named_is_not_believed()
    {
        await using var server = await ServeAsync(_authority.Server("127.0.0.1"));
        using var client = Client(server, "tls-server-name: null");

        Assert.IsType<KubeFailure.Unreachable>((await client.ReadAsync()).Failure());
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Pinned_authority_does_not_excuse_another_host_name()
    {
        await using var server = await ServeAsync(_authority.Server("elsewhere.example"));
        using var client = Client(server, $"certificate-authority-data: {_authority.PemInBase64}");

        Assert.Equal(
            new KubeFailure.Unreachable($"the certificate of {server.Address.Authority} is for another host name"), (await client.ReadAsync()).Failure());
    }

    [Fact]
    public async Task Server_name_of_the_kubeconfig_takes_the_place_of_the_host()
    {
        await using var server = await ServeAsync(_authority.Server("elsewhere.example"));
        using var client = Client(server, $"certificate-authority-data: {_authority.PemInBase64}, tls-server-name: elsewhere.example");

        Assert.Equal("gateway", (await client.ReadAsync()).Value().Metadata.Name);
    }

    [Fact]
    public async Task Expired_certificate_is_not_believed()
    {
        await using var server = await ServeAsync(_authority.Server("127.0.0.1", expired: true));
        using var client = Client(server, $"certificate-authority-data: {_authority.PemInBase64}");

        Assert.Equal(
            new KubeFailure.Unreachable($"the certificate of {server.Address.Authority} has expired or is not valid yet"), (await client.ReadAsync()).Failure());
    }

    [Fact]
    public async Task Verification_is_skipped_only_when_kubeconfig_and_options_both_say_so()
    {
        await using var server = await ServeAsync(_authority.Server("elsewhere.example"));
        using var client = Client(server, "insecure-skip-tls-verify: true", allowInsecureTls: true);

        Assert.Equal("gateway", (await client.ReadAsync()).Value().Metadata.Name);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Client_certificate_is_shown(bool inline)
    {
        var (certificate, key) = _authority.Client("oncall");
        await using var server = await ServeAsync(_authority.Server("127.0.0.1"));
        _folder.Write("client.crt", certificate);
        _folder.Write("client.key", key);
        using var client = Client(
            server, $"certificate-authority-data: {_authority.PemInBase64}",
            inline ? $"client-certificate-data: {Base64(certificate)}, client-key-data: {Base64(key)}" : "client-certificate: client.crt, client-key: client.key");

        Assert.Equal("gateway", (await client.ReadAsync()).Value().Metadata.Name);
        Assert.Equal("CN=oncall", Assert.Single(server.Requests).ClientCertificate);
    }

    [Fact]
    public async Task Certificate_of_a_plugin_is_shown_and_replaced_when_rejected()
    {
        await using var server = await ServeAsync(_authority.Server("127.0.0.1"));
        foreach (var name in (string[])["first", "second"])
        {
            var (certificate, key) = _authority.Client(name);
            _folder.Write(name, System.Text.Json.JsonSerializer.Serialize(new
            {
                apiVersion = "client.authentication.k8s.io/v1",
                kind = "ExecCredential",
                status = new { clientCertificateData = certificate, clientKeyData = key },
            }));
        }

        _folder.WriteProgram("plugin", $"cat '{_folder["first"]}'; cp '{_folder["second"]}' '{_folder["first"]}'");
        server.Answer = context => context.Connection.ClientCertificate?.Subject == "CN=second"
            ? context.Json(Json.Deployment())
            : context.Fail(401, "Unauthorized", "who is that?");
        using var client = Client(
            server, $"certificate-authority-data: {_authority.PemInBase64}", "exec: {apiVersion: client.authentication.k8s.io/v1, command: ./plugin}");

        Assert.Equal("gateway", (await client.ReadAsync()).Value().Metadata.Name);
        Assert.Equal(["CN=first", "CN=second"], server.Requests.Select(request => request.ClientCertificate));
    }

    private static async Task<FakeApiServer> ServeAsync(X509Certificate2 certificate)
    {
        var server = await FakeApiServer.StartAsync(certificate);
        server.Answer = context => context.Json(Json.Deployment());
        return server;
    }

    private KubeClient Client(FakeApiServer server, string cluster, string user = "token: x", bool allowInsecureTls = false) =>
        Clients.From(_folder.Write("config", $$$$"""
            current-context: c
            clusters: [{name: k, cluster: {server: "{{{{server.Address}}}}", {{{{cluster}}}}}}]
            users: [{name: u, user: { {{{{user}}}} }}]
            contexts: [{name: c, context: {cluster: k, user: u}}]
            """), allowInsecureTls: allowInsecureTls);

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(text));
}
