namespace Cockpit.Connectors.Kubernetes.Config;

/// <summary>Several kubeconfig files seen as one. Whatever two files both name is taken whole from the first.</summary>
internal sealed class Kubeconfig
{
    private readonly Dictionary<string, KubeconfigField> _contexts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KubeconfigField> _clusters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KubeconfigField> _users = new(StringComparer.Ordinal);
    private readonly string _files;
    private string? _currentContext;

    private Kubeconfig(string files) => _files = files;

    /// <param name="pathList">One path, or several joined by the platform's path separator; of several, those that do not exist are passed over.</param>
    public static Kubeconfig Load(string pathList)
    {
        var paths = pathList.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(AtHome).Distinct(StringComparer.Ordinal).ToList();
        var present = paths.Where(File.Exists).ToList();
        if (present.Count == 0) throw new KubeconfigException($"{string.Join(", ", paths)}: no such file");

        var merged = new Kubeconfig(string.Join(", ", present));
        foreach (var path in present)
            if (KubeconfigField.Open(path) is { } file)
                merged.Add(file);
        return merged;
    }

    /// <summary>The cluster, the user (null when the context has none) and the context's own content.</summary>
    public (KubeconfigField Cluster, KubeconfigField? User, KubeconfigField Context) Choose(string? context)
    {
        var name = context ?? _currentContext
            ?? throw new KubeconfigException($"{_files}: current-context: not set, and no context is chosen; there are {Known(_contexts)}");
        if (!_contexts.TryGetValue(name, out var chosen))
            throw new KubeconfigException($"{_files}: contexts: none is named \"{name}\" (names are case-sensitive); there are {Known(_contexts)}");
        var clusterName = chosen.Text("cluster") ?? throw chosen.Wrong("cluster", "the name of a cluster is expected");
        if (!_clusters.TryGetValue(clusterName, out var cluster))
            throw chosen.Wrong("cluster", $"no cluster is named \"{clusterName}\"; there are {Known(_clusters)}");
        KubeconfigField? user = null;
        if (chosen.Text("user") is { } userName && !_users.TryGetValue(userName, out user))
            throw chosen.Wrong("user", $"no user is named \"{userName}\"; there are {Known(_users)}");
        return (cluster, user, chosen);
    }

    private void Add(KubeconfigField file)
    {
        foreach (var (name, content) in file.Named("contexts", "context")) _contexts.TryAdd(name, content);
        foreach (var (name, content) in file.Named("clusters", "cluster")) _clusters.TryAdd(name, content);
        foreach (var (name, content) in file.Named("users", "user")) _users.TryAdd(name, content);
        _currentContext ??= file.Text("current-context");
    }

    private static string AtHome(string path) =>
        path.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path[2..]) : path;

    private static string Known(Dictionary<string, KubeconfigField> entries) =>
        entries.Count == 0 ? "none" : string.Join(", ", entries.Keys.Order(StringComparer.Ordinal));
}
