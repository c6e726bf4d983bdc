using System.Text.Json.Nodes;
using Cockpit.Connectors.Kubernetes.Credentials;

namespace Cockpit.Connectors.Kubernetes.Config;

/// <summary>Turns the chosen context of a kubeconfig into a target, refusing what would be silently weaker than it reads.</summary>
internal static class KubeconfigTarget
{
    /// <exception cref="KubeconfigException">The context cannot be used.</exception>
    public static KubeTarget Find(Kubeconfig kubeconfig, string? context, bool allowInsecureTls, TimeProvider clock)
    {
        var (cluster, user, _) = kubeconfig.Choose(context);
        var server = Address(cluster, "server") ?? throw cluster.Wrong("server", "an http:// or https:// address is expected");
        var trust = Trust(cluster, allowInsecureTls);
        var credentials = user is null ? new FixedCredential(Credential.None) : Credentials(user, cluster, server, clock);
        if (user is not null && server.Scheme == Uri.UriSchemeHttp && !server.IsLoopback && credentials is not FixedCredential { IsNone: true })
            throw cluster.Wrong("server", "credentials would cross the network in clear text; an https:// address is expected");
        return new(server, trust, credentials, Address(cluster, "proxy-url"));
    }

    private static Uri? Address(KubeconfigField cluster, string key)
    {
        if (cluster.Text(key) is not { } text) return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0
            ? address
            : throw cluster.Wrong(key, "an http:// or https:// address without a user name is expected");
    }

    private static TlsTrust Trust(KubeconfigField cluster, bool allowInsecureTls)
    {
        var skip = cluster.Flag("insecure-skip-tls-verify");
        var roots = PemMaterial.Authorities(cluster);
        if (skip && roots is not null) throw cluster.Wrong("insecure-skip-tls-verify", "true beside a certificate authority; one of them is expected");
        if (skip && !allowInsecureTls)
            throw cluster.Wrong("insecure-skip-tls-verify", $"refused; give the cluster's certificate-authority, or allow it with {KubernetesOptions.Section}:AllowInsecureTls = true");
        return new(roots, cluster.Text("tls-server-name"), skip);
    }

    private static ICredentialSource Credentials(KubeconfigField user, KubeconfigField cluster, Uri server, TimeProvider clock)
    {
        foreach (var impersonation in (string[])["as", "as-uid"])
            if (user.Text(impersonation) is not null)
                throw user.Wrong(impersonation, "impersonation is not supported; a user of its own is expected");
        if (user.Texts("as-groups").Any()) throw user.Wrong("as-groups", "impersonation is not supported; a user of its own is expected");

        var certificate = PemMaterial.ClientCertificate(user);
        if (user.Text("tokenFile") is { } tokenFile)
            return new TokenFileCredential(user.Resolve(tokenFile), user.Wrong("tokenFile", "").Message.TrimEnd(' ', ':'), certificate);
        if (user.Text("token") is { } token)
            return Credential.IsSendable(token) ? new FixedCredential(new(token, certificate)) : throw user.Wrong("token", "holds characters that no token has");
        if (user.Map("exec") is { } exec)
            return new ExecCredential(ExecPlugin.From(exec, ClusterInfo(cluster, server)), clock, certificate);
        if (certificate is not null) return new FixedCredential(new(null, certificate));
        if (user.Map("auth-provider") is not null) throw user.Wrong("auth-provider", "not supported; an exec plugin takes its place");
        if (user.Text("username") is not null) throw user.Wrong("username", "basic authentication is not supported; a token or a certificate is expected");
        return new FixedCredential(Credential.None);
    }

    private static JsonObject ClusterInfo(KubeconfigField cluster, Uri server)
    {
        var info = new JsonObject { ["server"] = server.OriginalString };
        if (cluster.Text("tls-server-name") is { } name) info["tls-server-name"] = name;
        if (cluster.Flag("insecure-skip-tls-verify")) info["insecure-skip-tls-verify"] = true;
        if (PemMaterial.Authorities(cluster) is { } roots)
            info["certificate-authority-data"] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(roots.ExportCertificatePems()));
        return info;
    }
}
