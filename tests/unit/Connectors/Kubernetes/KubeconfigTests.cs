using Cockpit.Connectors.Kubernetes;
using Cockpit.Connectors.Kubernetes.Config;
using Cockpit.Connectors.Kubernetes.Credentials;

namespace Cockpit.Tests.Connectors.Kubernetes;

public sealed class KubeconfigTests : IDisposable
{
    private const string TwoContexts = """
        apiVersion: v1
        kind: Config
        current-context: Prod
        clusters:
        - {name: one, cluster: {server: "https://one.example:6443/base"}}
        - {name: two, cluster: {server: "https://two.example"}}
        users:
        - {name: someone, user: {token: first}}
        contexts:
        - {name: Prod, context: {cluster: one, user: someone}}
        - {name: prod, context: {cluster: two}}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, "https://one.example:6443/base")]
    [InlineData("Prod", "https://one.example:6443/base")]
    [InlineData("prod", "https://two.example/")]
    public void Context_is_the_current_one_or_the_chosen_one_by_exact_name(string? context, string server)
    {
        using var target = Target(_folder.Write("config", TwoContexts), context);

        Assert.Equal(new(server), target.Server);
    }

    [Fact]
    public async Task Context_without_a_user_sends_no_credential()
    {
        using var target = Target(_folder.Write("config", TwoContexts), "prod");

        Assert.Same(Credential.None, await target.Credentials.GetAsync(CancellationToken.None));
    }

    [Fact]
    public void Json_is_read_like_yaml()
    {
        using var target = Target(_folder.Write("config", """
            {"current-context": "c", "clusters": [{"name": "k", "cluster": {"server": "http://127.0.0.1:8001"}}], "contexts": [{"name": "c", "context": {"cluster": "k", "user": ""}}], "users": null}
            """));

        Assert.Equal(new("http://127.0.0.1:8001"), target.Server);
    }

    [Fact]
    public async Task Of_several_files_the_first_to_name_a_thing_wins_whole_and_paths_belong_to_their_own_file()
    {
        var first = _folder.Write("a/config", """
            users: [{name: someone, user: {tokenFile: secret}}]
            current-context: Prod
            """);
        var second = _folder.Write("b/config", TwoContexts.Replace("current-context: Prod", "current-context: prod", StringComparison.Ordinal));
        _folder.Write("a/secret", "from-a\n");
        _folder.Write("b/secret", "from-b\n");
        using var target = Target(string.Join(Path.PathSeparator, first, _folder["absent"], second));

        Assert.Equal(new("https://one.example:6443/base"), target.Server);
        Assert.Equal("from-a", (await target.Credentials.GetAsync(CancellationToken.None)).Token);
    }

    [Fact]
    public async Task Token_file_is_read_again_when_it_changes_and_wins_over_a_token()
    {
        _folder.Write("secret", "old");
        using var target = Target(_folder.Write("config", TwoContexts.Replace("token: first", "token: first, tokenFile: secret", StringComparison.Ordinal)));
        var before = await target.Credentials.GetAsync(CancellationToken.None);

        Assert.Null(await target.Credentials.RenewAsync(before, CancellationToken.None));
        _folder.Write("secret", "new");

        Assert.Equal(("old", "new"), (before.Token, (await target.Credentials.GetAsync(CancellationToken.None)).Token));
        Assert.Equal("new", (await target.Credentials.RenewAsync(before, CancellationToken.None))?.Token);
    }

    [Fact]
    public async Task Token_file_that_vanished_is_named()
    {
        _folder.Write("secret", "old");
        var config = _folder.Write("config", TwoContexts.Replace("token: first", "tokenFile: secret", StringComparison.Ordinal));
        using var target = Target(config);
        File.Delete(_folder["secret"]);

        var problem = await Assert.ThrowsAsync<CredentialUnavailableException>(() => target.Credentials.GetAsync(CancellationToken.None).AsTask());

        Assert.Equal($"{config}: users[someone].user.tokenFile: {_folder["secret"]} cannot be read", problem.Message);
    }

    [Theory]
    [InlineData("current-context: Prod", "current-context: PROD", "contexts: none is named \"PROD\" (names are case-sensitive); there are Prod, prod")]
    [InlineData("current-context: Prod", "", "current-context: not set, and no context is chosen; there are Prod, prod")]
    [InlineData("cluster: one, user", "cluster: three, user", "contexts[Prod].context.cluster: no cluster is named \"three\"; there are one, two")]
    [InlineData("user: someone}", "user: nobody}", "contexts[Prod].context.user: no user is named \"nobody\"; there are someone")]
    [InlineData("name: two,", "name: one,", "clusters[1].name: \"one\" is there twice")]
    [InlineData("https://one.example:6443/base", "one.example:6443", "clusters[one].cluster.server: an http:// or https:// address without a user name is expected")]
    [InlineData("server: \"https://one.example:6443/base\"", "", "clusters[one].cluster.server: an http:// or https:// address is expected")]
    [InlineData("https://one.example:6443/base", "http://one.example", "clusters[one].cluster.server: credentials would cross the network in clear text; an https:// address is expected")]
    [InlineData("token: first", "token: [a]", "users[someone].user.token: text is expected")]
    [InlineData("token: first", "token: \"two words\"", "users[someone].user.token: holds characters that no token has")]
    [InlineData("token: first", "username: u, password: p", "users[someone].user.username: basic authentication is not supported; a token or a certificate is expected")]
    [InlineData("token: first", "token: first, as: admin", "users[someone].user.as: impersonation is not supported; a user of its own is expected")]
    [InlineData("token: first", "client-certificate-data: eA==", "users[someone].user.client-key: a client-certificate is there but no key")]
    [InlineData("token: first", "client-certificate-data: eA==, client-key-data: eA==", "users[someone].user.client-certificate-data: it and its key are not a PEM certificate with the key that belongs to it")]
    [InlineData("token: first", "client-certificate-data: '*', client-key-data: eA==", "users[someone].user.client-certificate-data: not valid base64")]
    [InlineData("token: first", "exec: {command: x}", "users[someone].user.exec.apiVersion: client.authentication.k8s.io/v1 or client.authentication.k8s.io/v1beta1 is expected")]
    [InlineData("token: first", "exec: {apiVersion: client.authentication.k8s.io/v1}", "users[someone].user.exec.command: the path or name of a program is expected")]
    [InlineData("token: first", "exec: {apiVersion: client.authentication.k8s.io/v1, command: x, interactiveMode: Always}", "users[someone].user.exec.interactiveMode: \"Always\" needs a terminal, which a server does not have; Never or IfAvailable is expected")]
    [InlineData("https://one.example:6443/base\"", "https://one.example\", certificate-authority-data: eA==", "clusters[one].cluster.certificate-authority-data: it holds no PEM certificate")]
    [InlineData("https://one.example:6443/base\"", "https://one.example\", insecure-skip-tls-verify: true", "clusters[one].cluster.insecure-skip-tls-verify: refused; give the cluster's certificate-authority, or allow it with Kubernetes:AllowInsecureTls = true")]
    [InlineData("https://one.example:6443/base\"", "https://one.example\", insecure-skip-tls-verify: maybe", "clusters[one].cluster.insecure-skip-tls-verify: true or false is expected")]
    [InlineData("clusters:", "clusters: {", "line 5: not valid YAML")]
    public void Mistake_is_reported_with_file_and_field(string right, string wrong, string complaint)
    {
        var file = _folder.Write("config", TwoContexts.Replace(right, wrong, StringComparison.Ordinal));

        var problem = Assert.Throws<KubeconfigException>(() => Target(file).Dispose());

        Assert.Equal($"{file}: {complaint}", problem.Message);
    }

    [Fact]
    public void Missing_file_is_named()
    {
        var problem = Assert.Throws<KubeconfigException>(() => Target(_folder["absent"]).Dispose());

        Assert.Equal($"{_folder["absent"]}: no such file", problem.Message);
    }

    [Fact]
    public async Task Pod_speaks_as_its_service_account()
    {
        using var authority = new TestAuthority();
        _folder.Write("token", "projected");
        _folder.Write("ca.crt", authority.Pem);
        using var target = InClusterTarget.Find(_folder[""], name => name == "KUBERNETES_SERVICE_HOST" ? "fd00::1" : "443");

        Assert.Equal(new("https://[fd00::1]:443"), target.Server);
        Assert.Equal("projected", (await target.Credentials.GetAsync(CancellationToken.None)).Token);
        Assert.Single(target.Trust.Roots!);
    }

    [Fact]
    public void Outside_a_pod_the_missing_variable_is_named()
    {
        var problem = Assert.Throws<KubeconfigException>(() => InClusterTarget.Find(_folder[""], _ => null).Dispose());

        Assert.Equal("KUBERNETES_SERVICE_HOST is not set; this is not a pod of a cluster", problem.Message);
    }

    private static KubeTarget Target(string files, string? context = null) =>
        KubeTarget.From(new KubernetesOptions { Kubeconfig = files, Context = context }, TimeProvider.System);
}
