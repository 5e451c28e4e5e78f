using Deploy.Engine.State;

namespace Deploy.Engine.Tests.State;

public sealed class SnapshotOrderTests
{
    [Fact]
    public void Sort_InstanceToDeleteNeedsWhatNeedsTheLivingOne_LivingOneComesFirst()
    {
        var (d, e) = (Name("d"), Name("e"));
        ResourceState[] resources =
        [
            new() { Urn = d, Custom = true, Id = "old", Delete = true, Dependencies = [e] },
            new() { Urn = e, Custom = true, Id = "e", Dependencies = [d] },
            new() { Urn = d, Custom = true, Id = "new" },
        ];

        var sorted = SnapshotOrder.Sort(resources);

        Assert.Equal(["new", "e", "old"], sorted.Select(resource => resource.Id));
        Assert.Null(SnapshotIntegrity.Find(Snapshot.Empty with { Resources = sorted }));
    }

    private static Urn Name(string name) => Urn.Create("dev", "shop", null, "fake:index:Thing", name);
}
