using System.Collections.Immutable;

namespace Pulumi.Tests.Fakes;

// Shaped as generated provider classes are.
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TestResourceTypeAttribute(string type) : ResourceTypeAttribute(type, "1.0.0")
{
}

[TestResourceType("test:index:Account")]
internal sealed class Account : CustomResource
{
    public Account(string name, AccountArgs? args = null, CustomResourceOptions? options = null)
        : base("test:index:Account", name, args ?? new AccountArgs(), CustomResourceOptions.Merge(new CustomResourceOptions { Version = "1.0.0" }, options))
    {
    }

    private Account(string name, Input<string> id, CustomResourceOptions? options)
        : base("test:index:Account", name, null, CustomResourceOptions.Merge(options, new CustomResourceOptions { Id = id }))
    {
    }

    [Output("location")]
    public Output<string> Location { get; private set; } = null!;

    [Output("count")]
    public Output<int?> Count { get; private set; } = null!;

    [Output("tags")]
    public Output<ImmutableDictionary<string, string>?> Tags { get; private set; } = null!;

    [Output("sku")]
    public Output<SkuResponse?> Sku { get; private set; } = null!;

    [Output("zones")]
    public Output<ImmutableArray<string>> Zones { get; private set; } = null!;

    [Output("key")]
    public Output<string> Key { get; private set; } = null!;

    public static Account Get(string name, Input<string> id, CustomResourceOptions? options = null) => new(name, id, options);
}

internal sealed class AccountArgs : ResourceArgs
{
    [Input("tags")]
    private InputMap<string>? _tags;

    [Input("zones")]
    private InputList<string>? _zones;

    [Input("location")]
    public Input<string>? Location { get; set; }

    [Input("sku")]
    public Input<SkuArgs>? Sku { get; set; }

    [Input("kind")]
    public InputUnion<string, Tier>? Kind { get; set; }

    [Input("owner")]
    public Input<Account>? Owner { get; set; }

    [Input("key")]
    public Input<string>? Key { get; set; }

    [Input("count")]
    public Input<int>? Count { get; set; }

    public InputMap<string> Tags
    {
        get => _tags ??= [];
        set => _tags = value;
    }

    public InputList<string> Zones
    {
        get => _zones ??= [];
        set => _zones = value;
    }
}

internal sealed class SkuArgs : ResourceArgs
{
    [Input("name", required: true)]
    public Input<string> Name { get; set; } = null!;

    [Input("capacity")]
    public Input<double>? Capacity { get; set; }
}

[OutputType]
internal sealed class SkuResponse
{
    public readonly string Name;
    public readonly double? Capacity;
    public readonly ImmutableArray<string> Zones;

    [OutputConstructor]
    private SkuResponse(string name, double? capacity, ImmutableArray<string> zones) => (Name, Capacity, Zones) = (name, capacity, zones);
}

[EnumType]
internal readonly struct Tier : IEquatable<Tier>
{
    private readonly string _value;

    private Tier(string value) => _value = value;

    public static Tier Basic { get; } = new("Basic");

    public static explicit operator string(Tier value) => value._value;

    public bool Equals(Tier other) => _value == other._value;

    public override bool Equals(object? obj) => obj is Tier other && Equals(other);

    public override int GetHashCode() => _value.GetHashCode(StringComparison.Ordinal);
}

internal enum Level
{
    Low = 1,
    High = 2,
}

internal sealed class Group : ComponentResource
{
    public Group(string name, ComponentResourceOptions? options = null)
        : base("test:index:Group", name, options)
    {
    }

    public void Complete(IDictionary<string, object?> outputs) => RegisterOutputs(outputs);
}

internal sealed class TestProvider(string name, TestProviderArgs? args = null) : ProviderResource("test", name, args ?? new TestProviderArgs())
{
}

internal sealed class TestProviderArgs : ResourceArgs
{
    [Input("regions", json: true)]
    public InputList<string>? Regions { get; set; }

    [Input("isStrict", json: true)]
    public Input<bool>? IsStrict { get; set; }
}

internal sealed class KeyArgs : InvokeArgs
{
    [Input("name", required: true)]
    public Input<string> Name { get; set; } = null!;
}

[OutputType]
internal sealed class KeyResult
{
    public readonly string Primary;

    [OutputConstructor]
    private KeyResult(string primary) => Primary = primary;
}
