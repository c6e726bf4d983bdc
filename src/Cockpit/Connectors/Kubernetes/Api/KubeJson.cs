using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cockpit.Connectors.Kubernetes.Api;

/// <summary>The API's JSON: names as written, unknown fields passed over, a missing name or a null where none may be is malformed.</summary>
internal static class KubeJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <exception cref="JsonException">Not JSON, or not of that shape.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("null where an object is expected");

    /// <exception cref="JsonException">Not of that shape.</exception>
    public static T Read<T>(JsonElement json) =>
        json.Deserialize<T>(Options) ?? throw new JsonException("null where an object is expected");

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);
}
