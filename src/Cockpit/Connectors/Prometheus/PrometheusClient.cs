using System.Collections.Immutable;
using System.Globalization;
using System.Net;

namespace Cockpit.Connectors.Prometheus;

/// <summary>The two query endpoints of the Prometheus HTTP API, asked by POST so that a long query fits.</summary>
/// <param name="http">Carries the base address and the credentials; must neither follow redirects nor time out by itself.</param>
/// <param name="timeout">How long one query may take, on the server and in all.</param>
/// <param name="clock">Measures the timeout.</param>
/// <param name="maxBodyBytes">Longest answer read, after decompression.</param>
public sealed class PrometheusClient(HttpClient http, TimeSpan timeout, TimeProvider clock, int maxBodyBytes = 16 * 1024 * 1024)
{
    /// <summary>Steps asked for at once; the server refuses more than 11,000 points a series.</summary>
    private const int StepsPerRequest = 10_000;

    public TimeSpan Timeout { get; } = timeout;

    /// <summary>Evaluates a query at the server's now.</summary>
    public Task<PrometheusAnswer<PrometheusSample>> QueryAsync(string promQl, CancellationToken cancellationToken) =>
        PostAsync("api/v1/query", [new("query", promQl), ServerTimeout], PrometheusJson.ReadInstant, cancellationToken);

    /// <summary>Evaluates a query at an instant, so that several queries see the same samples.</summary>
    public Task<PrometheusAnswer<PrometheusSample>> QueryAsync(string promQl, DateTimeOffset at, CancellationToken cancellationToken) =>
        PostAsync(
            "api/v1/query", [new("query", promQl), new("time", Seconds(at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks)), ServerTimeout],
            PrometheusJson.ReadInstant, cancellationToken);

    /// <summary>
    /// Evaluates a query at every multiple of <paramref name="step"/> in [<paramref name="from"/>, <paramref name="to"/>). The multiples
    /// count from the Unix epoch, so two ranges that overlap yield the same instants.
    /// </summary>
    public async Task<PrometheusAnswer<PrometheusSeries>> QueryRangeAsync(
        string promQl, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, TimeSpan.FromSeconds(1));

        var width = step.Ticks;
        var next = CeilingTo(width, from.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks);
        var end = to.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        var merged = new Dictionary<string, (ImmutableSortedDictionary<string, string> Labels, List<PrometheusPoint> Points)>(StringComparer.Ordinal);
        var warnings = ImmutableArray.CreateBuilder<string>();
        while (next < end)
        {
            var last = Math.Min(CeilingTo(width, end) - width, next + ((StepsPerRequest - 1) * width));
            var answer = await PostAsync(
                "api/v1/query_range",
                [new("query", promQl), new("start", Seconds(next)), new("end", Seconds(last)), new("step", Seconds(width)), ServerTimeout],
                PrometheusJson.ReadRange, cancellationToken);
            if (answer is not PrometheusAnswer<PrometheusSeries>.Answered part) return answer;

            warnings.AddRange(part.Warnings.Except(warnings));
            foreach (var series in part.Series)
            {
                var key = string.Join('\u0001', series.Labels.Select(label => $"{label.Key}\u0002{label.Value}"));
                if (!merged.TryGetValue(key, out var known)) merged[key] = known = (series.Labels, []);
                known.Points.AddRange(series.Points);
            }

            next = last + width;
        }

        return new PrometheusAnswer<PrometheusSeries>.Answered(
            [.. merged.Values.Select(series => new PrometheusSeries(series.Labels, [.. series.Points]))], warnings.ToImmutable());
    }

    private KeyValuePair<string, string> ServerTimeout => new("timeout", $"{(long)Timeout.TotalMilliseconds}ms");

    private async Task<PrometheusAnswer<T>> PostAsync<T>(
        string path, KeyValuePair<string, string>[] form, Func<ReadOnlyMemory<byte>, PrometheusAnswer<T>> read, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (await ReadBodyAsync(response.Content, either.Token) is not { } body)
                return new PrometheusAnswer<T>.Unavailable($"answered with more than {maxBodyBytes / 1024} KiB");
            return Interpret(response.StatusCode, body, read);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new PrometheusAnswer<T>.Unavailable(Failure.Timeout);
        }
        catch (HttpRequestException failed)
        {
            return new PrometheusAnswer<T>.Unavailable(Describe(failed));
        }
        catch (IOException broken)
        {
            return new PrometheusAnswer<T>.Unavailable(broken is HttpIOException http ? Describe(http.HttpRequestError, http) : Failure.Describe(broken)!);
        }
        catch (InvalidDataException)
        {
            return new PrometheusAnswer<T>.Unavailable("sent a compressed answer that does not unpack");
        }
    }

    private static PrometheusAnswer<T> Interpret<T>(HttpStatusCode status, ReadOnlyMemory<byte> body, Func<ReadOnlyMemory<byte>, PrometheusAnswer<T>> read)
    {
        var number = ((int)status).ToString(CultureInfo.InvariantCulture);
        if (status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            return new PrometheusAnswer<T>.Unavailable($"refused the credentials ({number})");
        if ((int)status is >= 300 and < 400)
            return new PrometheusAnswer<T>.Unavailable($"redirects elsewhere ({number}); its final address is needed");
        try
        {
            var answer = read(body);
            if ((int)status is >= 200 and < 300 || answer is not PrometheusAnswer<T>.Answered) return answer;
        }
        catch (MalformedAnswerException malformed)
        {
            if ((int)status is >= 200 and < 300)
                return new PrometheusAnswer<T>.Unavailable($"did not answer as Prometheus does: {malformed.Message}");
        }

        return new PrometheusAnswer<T>.Unavailable(status == HttpStatusCode.NotFound
            ? "has no query API at this address (404)"
            : $"answered with status {number}");
    }

    private async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int count;
        while ((count = await stream.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (body.Length + count > maxBodyBytes) return null;
            body.Write(chunk, 0, count);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private static string Describe(HttpRequestException failed) => Describe(failed.HttpRequestError, failed);

    private static string Describe(HttpRequestError error, Exception failed) => error switch
    {
        HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError => "does not speak HTTP",
        HttpRequestError.ConfigurationLimitExceeded => "sent headers without end",
        HttpRequestError.ResponseEnded => "hung up before its answer was complete",
        _ => Failure.Describe(failed) ?? "broke the connection",
    };

    private static long CeilingTo(long width, long ticks)
    {
        var remainder = ((ticks % width) + width) % width;
        return remainder == 0 ? ticks : ticks - remainder + width;
    }

    private static string Seconds(long ticks) => ((decimal)ticks / TimeSpan.TicksPerSecond).ToString(CultureInfo.InvariantCulture);
}
