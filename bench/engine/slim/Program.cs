using Bench.Slim;
using Pulumi;

// The same graph as ../npm/index.js.
const int ChainLength = 10;

return await Deployment.RunAsync(() =>
{
    var count = new Config().RequireInt32("count");
    Thing? before = null;
    for (var index = 0; index < count; index++)
    {
        var args = new ThingArgs
        {
            Location = "eastus2",
            Description = $"Resource number {index} of the graph that the engine is measured with.",
            Capacity = index % 7,
            Enabled = true,
            Tags = { ["environment"] = "bench", ["project"] = "graph", ["owner"] = $"team-{index % 5}" },
            Zones = { "1", "2", "3" },
            Sku = new SkuArgs { Name = "Standard", Tier = "Standard", Size = index % 3 },
        };
        if (before is not null && index % ChainLength != 0)
        {
            args.Upstream = before.Address;
        }

        before = new Thing($"thing-{index}", args);
    }
});
