namespace Cockpit.Connectors.Kubernetes.Config;

/// <summary>The cluster's configuration cannot be used; the message names the file and the field, and holds no secret.</summary>
internal sealed class KubeconfigException(string message, Exception? inner = null) : Exception(message, inner)
{
    public static KubeconfigException At(string file, string field, string problem, Exception? inner = null) =>
        new($"{file}: {field}: {problem}", inner);
}
