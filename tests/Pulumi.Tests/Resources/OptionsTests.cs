using Pulumi.Testing;
using Pulumi.Tests.Fakes;
using Pulumi.Utilities;
using Xunit;

namespace Pulumi.Tests.Resources;

public sealed class OptionsTests
{
    [Fact]
    public async Task Merge_TwoSets_SecondWinsAndListsAppend()
    {
        var first = new CustomResourceOptions { Version = "1", Protect = true, IgnoreChanges = { "a" }, Aliases = { new Alias { Name = "x" } }, AdditionalSecretOutputs = { "s" } };
        var second = new CustomResourceOptions { Version = "2", Id = "id", IgnoreChanges = { "b" }, DeleteBeforeReplace = true };

        var merged = CustomResourceOptions.Merge(first, second);

        Assert.Equal("2", merged.Version);
        Assert.True(merged.Protect);
        Assert.True(merged.DeleteBeforeReplace);
        Assert.Equal(["a", "b"], merged.IgnoreChanges);
        Assert.Equal(["s"], merged.AdditionalSecretOutputs);
        Assert.Equal("id", await OutputUtilities.GetValueAsync(merged.Id.ToOutput()));
        Assert.Single(merged.Aliases);
        Assert.Equal(["a"], first.IgnoreChanges);
    }

    [Fact]
    public async Task Merge_TransformsAndReplacement_AppendAndSecondWins()
    {
        static Task<ResourceTransformResult?> None(ResourceTransformArgs args, CancellationToken cancellationToken) => Task.FromResult<ResourceTransformResult?>(null);
        var first = new ComponentResourceOptions { HideDiffs = { "a" }, ResourceTransforms = { None }, ReplacementTrigger = "v1" };

        var merged = ComponentResourceOptions.Merge(first, new() { HideDiffs = { "b" }, ResourceTransforms = { None }, ReplacementTrigger = "v2" });

        Assert.Equal(["a", "b"], merged.HideDiffs);
        Assert.Equal(2, merged.ResourceTransforms.Count);
        Assert.Single(first.ResourceTransforms);
        Assert.Equal("v2", await OutputUtilities.GetValueAsync(merged.ReplacementTrigger.ToOutput()));
    }

    [Fact]
    public void Merge_Nulls_GivesEmptyOptions() => Assert.Null(CustomResourceOptions.Merge(null, null).Version);

    [Fact]
    public async Task Merge_DependsOn_JoinsWithoutTouchingTheOriginals()
    {
        await Pulumi.Deployment.TestAsync(new EmptyMocks(), new TestOptions(), async () =>
        {
            var first = new ComponentResourceOptions { DependsOn = { new Group("a") } };
            var merged = ComponentResourceOptions.Merge(first, new ComponentResourceOptions { DependsOn = { new Group("b") } });

            Assert.Equal(2, (await OutputUtilities.GetValueAsync(merged.DependsOn.ToOutput())).Length);
            Assert.Single(await OutputUtilities.GetValueAsync(first.DependsOn.ToOutput()));
        });
    }
}
