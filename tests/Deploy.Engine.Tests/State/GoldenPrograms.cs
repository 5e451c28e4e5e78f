using Deploy.Engine.Tests.Harness;
using Deploy.Engine.Values;
using Pulumirpc;

namespace Deploy.Engine.Tests.State;

/// <summary>Programs that say what the golden deployments hold, word for word, so that nothing is left to do.</summary>
internal static class GoldenPrograms
{
    private const string Text = "naïve 日本語 🚀 \u0000 \u2028 \" \\ / \t\n <b>&amp;</b>";

    private const string Web = "urn:pulumi:dev::shop::my:index:Group::web";

    public static async Task SettledAsync(ProgramClient program)
    {
        var group = await GroupAsync(program, ("size", 2));
        await program.Monitor.RegisterResourceOutputsAsync(new() { Urn = group.Urn, Outputs = Wire(("address", "https://web")) });
        var own = await program.RegisterAsync("pulumi:providers:fake", "own", [("region", "west"), ("token", Secret("t0ken"))], Inputs);
        var tags = PropertyMap.Create(("a", "1"), ("b", Secret("two")));
        var @base = await ThingAsync(program, "base", [("key", Secret("hunter2")), ("tags", tags)], request =>
        {
            (request.Parent, request.Protect) = (group.Urn, true);
            request.AdditionalSecretOutputs.Add("address");
            request.CustomTimeouts = new() { Create = "30m", Update = "90.5s", Delete = "60s" };
        });
        await ThingAsync(program, "child", [("note", "n"), ("size", 3), ("zone", "east")], request =>
        {
            (request.Provider, request.RetainOnDelete, request.DeletedWith) = ($"{own.Urn}::{own.Id}", true, @base.Urn);
            request.Dependencies.Add(@base.Urn);
            request.PropertyDependencies["size"].Urns.Add(@base.Urn);
            request.IgnoreChanges.Add("size");
            request.ReplaceOnChanges.Add("zone");
            request.HideDiffs.Add("note");
            request.ReplacementTrigger = Google.Protobuf.WellKnownTypes.Value.ForString("first");
        });
        await ThingAsync(program, "adopted", [], request => request.ImportId = "adopted");
        await program.Monitor.ReadResourceAsync(new()
        {
            Type = "fake:index:Thing", Name = "found", Id = "found", Parent = program.StackUrn, Properties = Wire(("name", "found")), AcceptSecrets = true, AcceptResources = true,
        });
        var mixed = PropertyMap.Create(("list", new PropertyList(1, PropertyMap.Create(("deep", new PropertyList(true, PropertyValue.Null, "x"))).AsSecret())));
        await program.OutputsAsync(("key", Secret("s3cret <&>")), ("mixed", mixed), ("siteUrl", "https://x"));
    }

    public static async Task ValuesAsync(ProgramClient program)
    {
        await GroupAsync(program);
        var like = PropertyMap.Create(
            ("json", "{\"a\":1}"), ("number", "007"), ("date", "2026-03-01T09:30:00Z"), ("secure", PropertyMap.Create(("secure", "v1:not:one"))));
        var plain = await ThingAsync(program, "plain", [
            ("empty", ""), ("emptyList", new PropertyList()), ("emptyMap", PropertyMap.Empty), ("text", Text), ("key with . [0] \" and ü", true), ("no", false),
            ("nothing", new PropertyList(PropertyValue.Null, PropertyMap.Create(("inner", PropertyValue.Null)))), ("zero", 0), ("negative", -17), ("half", 0.5),
            ("tiny", double.Epsilon), ("huge", double.MaxValue), ("safe", 9007199254740991d), ("beyond", 12345678901234567000d), ("long", 0.1 + 0.2), ("like", like),
            ("infinite", double.PositiveInfinity), ("below", double.NegativeInfinity)]);
        await ThingAsync(program, "files", [
            ("inline", new PropertyAsset { Text = "hello" }), ("remote", new PropertyAsset { Uri = "https://x/y.txt", Hash = Hash("remote") }),
            ("file", new PropertyAsset { Path = "./disk.txt" }), ("bundle", Bundle()), ("zipped", new PropertyArchive { Uri = "https://x/y.zip", Hash = Hash("z") })]);
        var reference = new PropertyReference(Urn.TryParse(plain.Urn)!, plain.Id, "1.2.3");
        var third = new PropertyList(PropertyMap.Create(("third", PropertyValue.FromDouble(3).AsSecret())).AsSecret());
        await ThingAsync(program, "hidden", [
            ("bool", PropertyValue.FromBoolean(true).AsSecret()), ("list", new PropertyList(PropertyValue.FromDouble(1).AsSecret(), new PropertyList(Secret("two"), "three"))),
            ("map", PropertyMap.Create(("text", Text), ("nothing", PropertyValue.Null), ("list", new PropertyList())).AsSecret()), ("nothing", PropertyValue.Null.AsSecret()),
            ("number", PropertyValue.FromDouble(0.25).AsSecret()), ("refer", PropertyMap.Create(("to", reference)).AsSecret()), ("text", Secret(Text)),
            ("twice", PropertyMap.Create(("again", Secret("inner")), ("list", third)).AsSecret())]);
        await program.OutputsAsync(("reference", reference), ("group", new PropertyReference(Urn.TryParse(Web)!, null, "")), ("secret", PropertyValue.Null.AsSecret()));
    }

    public static async Task InterruptedAsync(ProgramClient program)
    {
        await ThingAsync(program, "old", [("name", "old-2"), ("key", Secret("new"))]);
        await PlainAsync(program, "gone", "sick", "moved");
        await ThingAsync(program, "stays", [("size", 2)]);
        await ThingAsync(program, "begun", [("key", Secret("pending"))]);
    }

    public static async Task PlainAsync(ProgramClient program, params string[] names)
    {
        foreach (var name in names)
        {
            await ThingAsync(program, name, []);
        }
    }

    private static Task<Registered> GroupAsync(ProgramClient program, params (string, PropertyValue)[] inputs) =>
        program.RegisterAsync("my:index:Group", "web", inputs, request => request.Custom = false);

    private static Task<Registered> ThingAsync(ProgramClient program, string name, (string Name, PropertyValue Value)[] inputs, Action<RegisterResourceRequest>? options = null) =>
        program.RegisterAsync("fake:index:Thing", name, inputs.Any(input => input.Name == "name") ? inputs : [("name", name), .. inputs], request =>
        {
            Inputs(request);
            options?.Invoke(request);
        });

    /// <summary>As the SDKs do: every input is named, with what it depends on.</summary>
    private static void Inputs(RegisterResourceRequest request)
    {
        foreach (var name in request.Object.Fields.Keys)
        {
            request.PropertyDependencies[name] = new();
        }
    }

    private static PropertyArchive Bundle() => new()
    {
        Hash = Hash("b"),
        Assets = PropertyMap.Create(("a/b.txt", new PropertyAsset { Text = "x", Hash = Hash("x") }), ("more", new PropertyArchive { Path = "./folder", Hash = Hash("p") })),
    };

    private static PropertyValue Secret(string text) => PropertyValue.FromString(text).AsSecret();

    private static string Hash(string text) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    private static Google.Protobuf.WellKnownTypes.Struct Wire(params (string, PropertyValue)[] values) =>
        Deploy.Engine.Protocol.WireValues.WriteMap(PropertyMap.Create(values), keepSecrets: true, keepReferences: true);
}
