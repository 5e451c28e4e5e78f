using Pulumi;

namespace Bench.Slim;

/// <summary>A resource of the size of a small Azure resource.</summary>
[ResourceType("bench:index:Thing", "1.0.0")]
internal sealed class Thing(string name, ThingArgs args) : CustomResource("bench:index:Thing", name, args)
{
    [Output("address")]
    public Output<string> Address { get; private set; } = null!;
}

internal sealed class ThingArgs : ResourceArgs
{
    [Input("location", required: true)]
    public Input<string> Location { get; set; } = null!;

    [Input("description")]
    public Input<string>? Description { get; set; }

    [Input("capacity")]
    public Input<int>? Capacity { get; set; }

    [Input("enabled")]
    public Input<bool>? Enabled { get; set; }

    [Input("tags")]
    public InputMap<string> Tags { get; set; } = [];

    [Input("zones")]
    public InputList<string> Zones { get; set; } = [];

    [Input("sku")]
    public Input<SkuArgs>? Sku { get; set; }

    /// <summary>Address of the thing before this one in its chain; null for the first.</summary>
    [Input("upstream")]
    public Input<string>? Upstream { get; set; }
}

internal sealed class SkuArgs : ResourceArgs
{
    [Input("name", required: true)]
    public Input<string> Name { get; set; } = null!;

    [Input("tier")]
    public Input<string>? Tier { get; set; }

    [Input("size")]
    public Input<int>? Size { get; set; }
}
