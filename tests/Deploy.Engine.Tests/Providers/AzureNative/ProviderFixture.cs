using System.Text.Json.Nodes;
using Deploy.Engine.Providers;
using Deploy.Engine.Providers.AzureNative;
using Deploy.Engine.Values;
using Xunit;

namespace Deploy.Engine.Tests.Providers.AzureNative;

/// <summary>A configured provider over a fake control plane, and short ways to say inputs.</summary>
internal sealed class ProviderFixture
{
    public const string Group = "/subscriptions/sub-1/resourceGroups/rg";

    public const string Ml = $"{Group}/providers/Microsoft.MachineLearningServices/workspaces";

    public FakeArm Arm { get; }

    public IResourceProvider Provider { get; private init; } = null!;

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ProviderFixture> CreateAsync(AzureNativeProviderOptions? options = null, params (string Name, PropertyValue Value)[] configuration)
    {
        var arm = new FakeArm();
        var fast = (options ?? new()) with { ConflictDelay = TimeSpan.FromMilliseconds(1), MaxConflictDelay = TimeSpan.FromMilliseconds(1), ConflictPatience = TimeSpan.FromSeconds(5) };
        var fixture = new ProviderFixture(arm) { Provider = new AzureNativeProviderFactory(arm, fast, TimeProvider.System).Create() };
        await fixture.Provider.ConfigureAsync(
            new ConfigureRequest { Urn = Urn.Create("dev", "phi", null, "pulumi:providers:azure-native", "default"), Inputs = PropertyMap.Create(configuration), Preview = false }, Token);
        return fixture;
    }

    private ProviderFixture(FakeArm arm) => Arm = arm;

    public static Urn UrnOf(string type, string name) => Urn.Create("dev", "phi", null, $"azure-native:{type}", name);

    public static PropertyMap Map(string json) => PropertyJson.FromJson(JsonNode.Parse(json)).AsMap()!;

    public Task<CheckResponse> CheckAsync(string type, string name, PropertyMap inputs, PropertyMap? old = null) => Provider.CheckAsync(
        new CheckRequest
        {
            Urn = UrnOf(type, name),
            OldInputs = old ?? PropertyMap.Empty,
            NewInputs = inputs,
            RandomSeed = Enumerable.Range(0xA0, 32).Select(i => (byte)i).ToArray(),
            Preview = false,
        }, Token);

    public Task<CreateResponse> CreateAsync(string type, string name, PropertyMap inputs, bool preview = false, OperationAccepted? accepted = null, bool mayExist = false) => Provider.CreateAsync(
        new CreateRequest { Urn = UrnOf(type, name), Inputs = inputs, Preview = preview, OnAccepted = accepted ?? (_ => Task.CompletedTask), MayExist = mayExist }, Token);

    public Task<DiffResponse> DiffAsync(string type, PropertyMap old, PropertyMap @new, PropertyMap? oldOutputs = null) => Provider.DiffAsync(
        new DiffRequest { Urn = UrnOf(type, "x"), Id = "/id", OldInputs = old, OldOutputs = oldOutputs ?? PropertyMap.Empty, NewInputs = @new }, Token);
}
