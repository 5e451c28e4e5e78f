using Deploy.Engine.Protocol;
using Deploy.Engine.State;
using Deploy.Engine.Tests.Harness;
using Deploy.Engine.Values;
using Pulumirpc;

namespace Deploy.Engine.Tests.Execution;

public sealed class StackReferenceTests : IDisposable
{
    private const string Other = "organization/shop/base";

    private readonly EngineHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task StackReference_OtherStack_GivesItsOutputsAndIsKeptAsExternal()
    {
        WriteOther("one");
        var read = PropertyMap.Empty;

        var run = (await _harness.UpAsync(async program => read = await ReferAsync(program), WithOther)).Succeeded();

        Assert.Equal("one", read["outputs"].AsMap()!["url"].AsString());
        Assert.Equal(["key"], ((PropertyList)read["secretOutputNames"]).Select(name => name.AsString()));
        var state = run.Resource("ref");
        Assert.Equal((true, true, Other), (state.Custom, state.External, state.Id));
        Assert.True(state.Outputs["outputs"].AsMap()!["key"].ContainsSecrets);
        Assert.DoesNotContain("hunter2", (await _harness.ExportAsync())!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(1, run.Result.Changes.Read);
    }

    [Fact]
    public async Task StackReference_OtherStackChanged_IsReadAnew()
    {
        WriteOther("one");
        (await _harness.UpAsync(ReferAsync, WithOther)).Succeeded();
        WriteOther("two");

        var run = (await _harness.UpAsync(ReferAsync, request => WithOther(request) with { ExpectNoChanges = true })).Succeeded();

        Assert.Equal("two", run.Resource("ref").Outputs["outputs"].AsMap()!["url"].AsString());
    }

    [Fact]
    public async Task StackReference_NoLongerInProgram_IsDiscarded()
    {
        WriteOther("one");
        (await _harness.UpAsync(ReferAsync, WithOther)).Succeeded();

        var run = (await _harness.UpAsync(_ => Task.CompletedTask)).Succeeded();

        Assert.Equal(["discard ref"], run.Steps);
        Assert.DoesNotContain(run.Snapshot.Resources, resource => resource.Urn.Name == "ref");
    }

    [Fact]
    public async Task StackReference_UnknownStack_Fails()
    {
        var run = await _harness.UpAsync(ReferAsync, WithOther);

        Assert.Equal(RunResult.Failed, run.Result.Result);
    }

    [Fact]
    public async Task ReadStackResourceOutputs_OtherStack_GivesItsResourcesByUrn()
    {
        WriteOther("one");
        var answer = PropertyMap.Empty;

        (await _harness.UpAsync(
            async program =>
            {
                var response = await program.Monitor.InvokeAsync(new ResourceInvokeRequest
                {
                    Tok = "pulumi:pulumi:readStackResourceOutputs",
                    Args = WireValues.WriteMap(PropertyMap.Create(("stackName", Other)), keepSecrets: true, keepReferences: true),
                });
                answer = new WireValues(_harness.Folder).ReadMap(response.Return);
            }, WithOther)).Succeeded();

        var resource = answer["outputs"].AsMap()!["urn:pulumi:base::shop::pulumi:pulumi:Stack::shop-base"].AsMap()!;
        Assert.Equal("pulumi:pulumi:Stack", resource["type"].AsString());
        Assert.Equal("one", resource["outputs"].AsMap()!["url"].AsString());
    }

    private static EngineRequest WithOther(EngineRequest request) => request with { OtherStackSecrets = _ => EngineHarness.Secrets() };

    private static async Task<PropertyMap> ReferAsync(ProgramClient program)
    {
        var response = await program.Monitor.ReadResourceAsync(new()
        {
            Type = BuiltinFunctions.StackReferenceType,
            Name = "ref",
            Id = Other,
            Parent = program.StackUrn,
            Properties = WireValues.WriteMap(PropertyMap.Create(("name", Other)), keepSecrets: true, keepReferences: true),
            AcceptSecrets = true,
            AcceptResources = true,
        });
        return new WireValues(program.Launch.ProgramDirectory).ReadMap(response.Properties);
    }

    private void WriteOther(string url)
    {
        var urn = Urn.Create("base", "shop", null, "pulumi:pulumi:Stack", "shop-base");
        var outputs = PropertyMap.Create(("url", url), ("key", PropertyValue.FromString("hunter2").AsSecret()));
        var stack = FileBackend.Open(null, _harness.Folder, TimeProvider.System).Stack("shop", "base");
        using var held = stack.Lock();
        stack.Save(new() { Resources = [new() { Urn = urn, Custom = false, Outputs = outputs }] }, EngineHarness.Secrets(), DateTimeOffset.UnixEpoch);
    }
}
