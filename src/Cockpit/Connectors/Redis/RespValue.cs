using System.Collections.Immutable;
using System.Numerics;

namespace Cockpit.Connectors.Redis;

/// <summary>A value of the Redis serialization protocol, version 2 or 3.</summary>
internal abstract record RespValue
{
    private RespValue() { }

    /// <summary>The text of a string of any kind; null for everything else.</summary>
    public virtual string? Text => null;

    /// <summary>The elements of an array, set or push; a map as keys and values in turn, the way version 2 sends it; null for everything else.</summary>
    public virtual ImmutableArray<RespValue>? Items => null;

    public sealed record Simple(string Value) : RespValue
    {
        public override string? Text => Value;
    }

    public sealed record Bulk(string Value) : RespValue
    {
        public override string? Text => Value;
    }

    /// <param name="Format">Three characters: <c>txt</c> or <c>mkd</c>.</param>
    /// <param name="Value">The text behind them.</param>
    public sealed record Verbatim(string Format, string Value) : RespValue
    {
        public override string? Text => Value;
    }

    /// <param name="Code">The first word, such as <c>ERR</c> or <c>NOAUTH</c>.</param>
    /// <param name="Message">What follows it.</param>
    public sealed record Error(string Code, string Message) : RespValue;

    public sealed record Null : RespValue;

    public sealed record Number(long Value) : RespValue;

    public sealed record Double(double Value) : RespValue;

    public sealed record Boolean(bool Value) : RespValue;

    public sealed record Big(BigInteger Value) : RespValue;

    public sealed record List(ImmutableArray<RespValue> Values) : RespValue
    {
        public override ImmutableArray<RespValue>? Items => Values;
    }

    public sealed record Set(ImmutableArray<RespValue> Values) : RespValue
    {
        public override ImmutableArray<RespValue>? Items => Values;
    }

    public sealed record Push(ImmutableArray<RespValue> Values) : RespValue
    {
        public override ImmutableArray<RespValue>? Items => Values;
    }

    public sealed record Map(ImmutableArray<KeyValuePair<RespValue, RespValue>> Pairs) : RespValue
    {
        public override ImmutableArray<RespValue>? Items => [.. Pairs.SelectMany(pair => new[] { pair.Key, pair.Value })];
    }
}
