using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Cockpit.Connectors.Kubernetes.Config;

/// <summary>A mapping inside a kubeconfig that knows its file and its place, so that every complaint can name both.</summary>
internal sealed class KubeconfigField(string file, string path, YamlMappingNode node)
{
    private const int LargestFile = 8 << 20;

    public string File => file;

    /// <summary>Opens a file; null when it is empty.</summary>
    public static KubeconfigField? Open(string file)
    {
        try
        {
            if (new FileInfo(file).Length > LargestFile) throw new KubeconfigException($"{file}: larger than {LargestFile >> 20} MiB; not a kubeconfig");
            using var reader = System.IO.File.OpenText(file);
            var yaml = new YamlStream();
            yaml.Load(reader);
            if (yaml.Documents.Count == 0 || IsNull(yaml.Documents[0].RootNode)) return null;
            return yaml.Documents[0].RootNode is YamlMappingNode root
                ? new(file, "", root)
                : throw new KubeconfigException($"{file}: not a kubeconfig: a mapping is expected at the top");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new KubeconfigException($"{file}: cannot be read: {problem.Message}", problem);
        }
        catch (YamlException problem)
        {
            throw new KubeconfigException($"{file}: line {problem.Start.Line}: not valid YAML", problem);
        }
    }

    public KubeconfigField? Map(string key) => Find(key) switch
    {
        null => null,
        YamlMappingNode map => new(file, Place(key), map),
        _ => throw Wrong(key, "a mapping is expected"),
    };

    public string? Text(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode { Value: "" } => null,
        YamlScalarNode scalar => scalar.Value,
        _ => throw Wrong(key, "text is expected"),
    };

    public bool Flag(string key) => Text(key) switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw Wrong(key, "true or false is expected"),
    };

    public IEnumerable<string> Texts(string key)
    {
        foreach (var item in Sequence(key))
            yield return item is YamlScalarNode scalar ? scalar.Value ?? "" : throw Wrong(key, "a list of texts is expected");
    }

    public IEnumerable<KubeconfigField> Maps(string key)
    {
        var index = 0;
        foreach (var item in Sequence(key))
            yield return item is YamlMappingNode map ? new(file, $"{Place(key)}[{index++}]", map) : throw Wrong(key, "a list of mappings is expected");
    }

    /// <summary>The entries of a list such as <c>users</c>, by their case-sensitive name.</summary>
    public IEnumerable<(string Name, KubeconfigField Content)> Named(string list, string content)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in Maps(list))
        {
            var name = entry.Text("name") ?? throw entry.Wrong("name", "a name is expected");
            if (!seen.Add(name)) throw entry.Wrong("name", $"\"{name}\" is there twice");
            yield return (name, entry.Map(content)?.As($"{list}[{name}].{content}") ?? new(file, $"{list}[{name}].{content}", new YamlMappingNode()));
        }
    }

    public KubeconfigException Wrong(string key, string problem, Exception? inner = null) => KubeconfigException.At(file, Place(key), problem, inner);

    /// <summary>A path of the file, relative to the file that says it.</summary>
    public string Resolve(string relative) => Path.GetFullPath(relative, Path.GetDirectoryName(Path.GetFullPath(file))!);

    private KubeconfigField As(string place) => new(file, place, node);

    private string Place(string key) => path.Length == 0 ? key : $"{path}.{key}";

    private YamlNode? Find(string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var child) && !IsNull(child) ? child : null;

    private IEnumerable<YamlNode> Sequence(string key) => Find(key) switch
    {
        null => [],
        YamlSequenceNode sequence => sequence.Children,
        _ => throw Wrong(key, "a list is expected"),
    };

    private static bool IsNull(YamlNode node) => node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "null" or "~" };
}
