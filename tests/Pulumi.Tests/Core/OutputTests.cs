using System.Collections.Immutable;
using System.Text.Json;
using Pulumi.Utilities;
using Xunit;

namespace Pulumi.Tests.Core;

public sealed class OutputTests
{
    [Fact]
    public async Task Apply_KnownValue_KeepsSecretness()
    {
        var output = Output.CreateSecret(20).Apply(value => value + 1);

        Assert.Equal(21, await OutputUtilities.GetValueAsync(output));
        Assert.True(await Output.IsSecretAsync(output));
    }

    [Fact]
    public async Task Apply_UnknownValue_DoesNotRunAndStaysUnknown()
    {
        var hasRun = false;
        var output = OutputUtilities.CreateUnknown("").Apply(value =>
        {
            hasRun = true;
            return value.Length;
        });

        Assert.False(await OutputUtilities.GetIsKnownAsync(output));
        Assert.False(hasRun);
    }

    [Fact]
    public async Task Apply_InnerOutput_AddsItsSecretnessAndUnknownness()
    {
        var secret = Output.Create(1).Apply(_ => Output.CreateSecret("s"));
        var unknown = Output.CreateSecret(1).Apply(_ => OutputUtilities.CreateUnknown("u"));

        Assert.True(await Output.IsSecretAsync(secret));
        Assert.True(await Output.IsSecretAsync(unknown));
        Assert.False(await OutputUtilities.GetIsKnownAsync(unknown));
    }

    [Fact]
    public async Task Apply_AsynchronousAndInputResults_AreUnwrapped()
    {
        var output = Output.Create(2)
            .Apply(async value =>
            {
                await Task.Yield();
                return value * 2;
            })
            .Apply(value => (Input<int>)(value + 1));

        Assert.Equal(5, await OutputUtilities.GetValueAsync(output));
    }

    [Fact]
    public async Task Apply_CallbackThrows_OutputFails()
    {
        var output = Output.Create(1).Apply<int>(int (_) => throw new FormatException("no"));

        await Assert.ThrowsAsync<FormatException>(() => OutputUtilities.GetValueAsync(output));
    }

    [Fact]
    public async Task All_OneSecretOneUnknown_IsBoth()
    {
        var output = Output.All(Output.Create("a"), Output.CreateSecret("b"), OutputUtilities.CreateUnknown("c"));

        Assert.True(await Output.IsSecretAsync(output));
        Assert.False(await OutputUtilities.GetIsKnownAsync(output));
    }

    [Fact]
    public async Task All_InputsAndOutputs_KeepsOrder()
    {
        var output = Output.All<string>("a", Output.Create(Task.FromResult("b")));

        Assert.Equal(["a", "b"], await OutputUtilities.GetValueAsync(output));
    }

    [Fact]
    public async Task Tuple_EightItems_KeepsPositionsAndSecretness()
    {
        var output = Output.Tuple<int, string, int, int, int, int, bool, double>(1, "2", 3, 4, 5, 6, Output.CreateSecret(true), 8.5);

        Assert.Equal((1, "2", 3, 4, 5, 6, true, 8.5), await OutputUtilities.GetValueAsync(output));
        Assert.True(await Output.IsSecretAsync(output));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    public async Task Tuple_OddSizes_KeepPositions(int size)
    {
        var values = size switch
        {
            3 => Output.Tuple(Output.Create(1), Output.Create(2), Output.Create(3)).Apply(t => new[] { t.Item1, t.Item2, t.Item3 }),
            5 => Output.Tuple(Output.Create(1), Output.Create(2), Output.Create(3), Output.Create(4), Output.Create(5))
                .Apply(t => new[] { t.Item1, t.Item2, t.Item3, t.Item4, t.Item5 }),
            _ => Output.Tuple(Output.Create(1), Output.Create(2), Output.Create(3), Output.Create(4), Output.Create(5), Output.Create(6), Output.Create(7))
                .Apply(t => new[] { t.Item1, t.Item2, t.Item3, t.Item4, t.Item5, t.Item6, t.Item7 }),
        };

        Assert.Equal(Enumerable.Range(1, size), await OutputUtilities.GetValueAsync(values));
    }

    [Fact]
    public async Task Format_OutputsInputsAndPlainValues_FillsHoles()
    {
        Input<string> input = "in";
        var output = Output.Format($"{Output.CreateSecret("s")}-{input}-{1.5}-{null}");

        Assert.Equal("s-in-1.5-", await OutputUtilities.GetValueAsync(output));
        Assert.True(await Output.IsSecretAsync(output));
    }

    [Fact]
    public async Task Unsecret_SecretOutput_ClearsOnlyTheCopy()
    {
        var secret = Output.CreateSecret("s");

        Assert.False(await Output.IsSecretAsync(Output.Unsecret(secret)));
        Assert.True(await Output.IsSecretAsync(secret));
    }

    [Fact]
    public void ToString_AnyOutput_ExplainsInsteadOfPrinting() => Assert.Contains("Apply", Output.Create("x").ToString(), StringComparison.Ordinal);

    [Fact]
    public async Task JsonSerialize_NestedPendingSecret_WaitsAndIsSecret()
    {
        var pending = new TaskCompletionSource<string>();
        var value = Output.Create(new Dictionary<string, object> { ["a"] = Output.CreateSecret(pending.Task), ["b"] = (Input<int>)2 });

        var json = Output.JsonSerialize(value);
        pending.SetResult("later");

        Assert.Equal("""{"a":"later","b":2}""", await OutputUtilities.GetValueAsync(json));
        Assert.True(await Output.IsSecretAsync(json));
    }

    [Fact]
    public async Task JsonSerialize_NestedUnknown_IsUnknown()
    {
        var json = Output.JsonSerialize(Output.Create(new[] { OutputUtilities.CreateUnknown("x") }));

        Assert.False(await OutputUtilities.GetIsKnownAsync(json));
    }

    [Fact]
    public async Task JsonDeserialize_SecretText_InnerOutputsAreSecret()
    {
        var value = Output.JsonDeserialize<Dictionary<string, Output<int>>>(Output.CreateSecret("""{"a":1}"""), new JsonSerializerOptions());

        var inner = (await OutputUtilities.GetValueAsync(value))["a"];
        Assert.Equal(1, await OutputUtilities.GetValueAsync(inner));
        Assert.True(await Output.IsSecretAsync(inner));
    }

    [Fact]
    public async Task InputList_ConversionsAndInitializers_KeepElements()
    {
        InputList<string> list = ["a", Output.Create("b")];
        list.AddRange(new[] { "c" });
        list.Add("d", "e");
        InputList<string> fromOutput = Output.Create(new List<string> { "x" });

        Assert.Equal(["a", "b", "c", "d", "e", "x"], await OutputUtilities.GetValueAsync(list.Concat(fromOutput).ToOutput()));
    }

    [Fact]
    public async Task InputMap_MergeAndIndexer_SecondWins()
    {
        var first = new InputMap<string> { ["a"] = "1", ["b"] = "1" };
        InputMap<string> second = new Dictionary<string, string> { ["b"] = "2" };

        var merged = await OutputUtilities.GetValueAsync(InputMap<string>.Merge(first, second).ToOutput());

        Assert.Equal(new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" }, merged.ToDictionary());
    }

    [Fact]
    public async Task InputUnion_EitherType_IsHeldAsGiven()
    {
        InputUnion<string, int> number = 3;
        InputUnion<string, int> text = Output.Create("t");

        Assert.Equal(3, (await OutputUtilities.GetValueAsync(number.ToOutput())).AsT1);
        Assert.Equal("t", (await OutputUtilities.GetValueAsync(text.ToOutput())).AsT0);
    }

    [Fact]
    public async Task OutputExtensions_ListOutput_ReadElements()
    {
        var list = Output.Create(ImmutableArray.Create("a", "b"));

        Assert.Equal("a", await OutputUtilities.GetValueAsync(list.First()));
        Assert.Equal("b", await OutputUtilities.GetValueAsync(list.GetAt(1)));
        Assert.Equal(2, await OutputUtilities.GetValueAsync(list.Length()));
    }
}
