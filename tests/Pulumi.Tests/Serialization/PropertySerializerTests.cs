using System.Collections.Immutable;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Pulumi.Serialization;
using Pulumi.Tests.Fakes;
using Pulumi.Utilities;
using Xunit;

namespace Pulumi.Tests.Serialization;

public sealed class PropertySerializerTests
{
    private const string Signature = "4dabf18193072939515e22adb298388d";
    private const string SecretMark = "1b47061264138c4ac30d75fd1eb44270";
    private const string UnknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

    [Fact]
    public async Task Serialize_NestedArgs_GivesWireNamesWithoutNulls()
    {
        var args = new AccountArgs
        {
            Location = "eastus2",
            Sku = new SkuArgs { Name = "S0", Capacity = 2 },
            Kind = Tier.Basic,
            Tags = { ["team"] = "ml" },
            Zones = { "1", "2" },
        };

        var json = (await SerializeAsync(args)).ToString();

        using var actual = JsonDocument.Parse(json);
        using var expected = JsonDocument.Parse("""{"tags":{"team":"ml"},"zones":["1","2"],"location":"eastus2","sku":{"name":"S0","capacity":2},"kind":"Basic"}""");
        Assert.True(JsonElement.DeepEquals(expected.RootElement, actual.RootElement), json);
    }

    [Fact]
    public async Task Serialize_Secret_IsAnEnvelope()
    {
        var value = await SerializeAsync(Output.CreateSecret("hush"));

        Assert.Equal(SecretMark, value.StructValue.Fields[Signature].StringValue);
        Assert.Equal("hush", value.StructValue.Fields["value"].StringValue);
    }

    [Fact]
    public async Task Serialize_UnknownSecret_IsAnEnvelopeAroundTheSentinel()
    {
        var value = await SerializeAsync(Output.CreateSecret(OutputUtilities.CreateUnknown("x")));

        Assert.Equal(SecretMark, value.StructValue.Fields[Signature].StringValue);
        Assert.Equal(UnknownText, value.StructValue.Fields["value"].StringValue);
    }

    [Fact]
    public async Task Serialize_MapWithOneUnknownEntry_KeepsTheOthers()
    {
        var value = await SerializeAsync(new InputMap<string> { ["a"] = "1", ["b"] = OutputUtilities.CreateUnknown("x") });

        Assert.Equal("1", value.StructValue.Fields["a"].StringValue);
        Assert.Equal(UnknownText, value.StructValue.Fields["b"].StringValue);
    }

    [Fact]
    public async Task Serialize_Nulls_AreDroppedInMapsAndKeptInLists()
    {
        var value = await SerializeAsync(new Dictionary<string, object?> { ["gone"] = null, ["list"] = new object?[] { 1, null } });

        Assert.Equal(["list"], value.StructValue.Fields.Keys);
        Assert.Equal(Value.KindOneofCase.NullValue, value.StructValue.Fields["list"].ListValue.Values[1].KindCase);
    }

    [Fact]
    public async Task Serialize_RequiredInputMissingInside_NamesThePath()
    {
        var exception = await Assert.ThrowsAsync<InputException>(() => SerializeAsync(new AccountArgs { Sku = new SkuArgs() }));

        Assert.Contains("'sku.name'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serialize_InputOfNullOutput_CountsAsNotGiven()
    {
        Output<int>? none = null;

        Assert.Empty((await SerializeAsync(new AccountArgs { Count = none! })).StructValue.Fields);
    }

    [Fact]
    public async Task Serialize_UnsupportedType_NamesPathAndType()
    {
        var exception = await Assert.ThrowsAsync<InputException>(() => SerializeAsync(new Dictionary<string, object?> { ["when"] = DateTime.UnixEpoch }));

        Assert.Contains("'when'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("System.DateTime", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serialize_EnumsAndJson_GiveTheirValues()
    {
        using var document = JsonDocument.Parse("""{"a":[1,true,null]}""");

        Assert.Equal(2, (await SerializeAsync(Level.High)).NumberValue);
        Assert.Equal(3, (await SerializeAsync(document.RootElement)).StructValue.Fields["a"].ListValue.Values.Count);
    }

    [Fact]
    public async Task Serialize_Asset_RoundTrips()
    {
        var archive = new AssetArchive(new Dictionary<string, AssetOrArchive> { ["a.txt"] = new StringAsset("text"), ["b"] = new FileArchive("./b") });

        var value = await SerializeAsync(archive);
        var back = Assert.IsType<AssetArchive>(PropertyDeserializer.Deserialize(value, null).Value);

        Assert.Equal(value, await SerializeAsync(back));
    }

    [Fact]
    public async Task SerializeInputs_JsonInput_IsTextWithSecretnessOutside()
    {
        var args = new TestProviderArgs { Regions = { }, IsStrict = Output.CreateSecret(true) };
        args.Regions = new[] { "a", "b" };

        var inputs = await PropertySerializer.SerializeInputsAsync(args.GetInputs(), () => new(keepResources: true), _ => true);

        using var regions = JsonDocument.Parse(inputs.Properties.Fields["regions"].StringValue);
        Assert.Equal(2, regions.RootElement.GetArrayLength());
        Assert.Equal("true", inputs.Properties.Fields["isStrict"].StructValue.Fields["value"].StringValue);
    }

    [Fact]
    public async Task Serialize_ProviderResult_CanBePassedOn()
    {
        var converted = Converter(out _).Convert<SkuResponse>("sku", Value.Parser.ParseJson("""{"name":"S0","capacity":3,"zones":["1"]}"""));

        var value = await SerializeAsync(converted.Value);

        Assert.Equal("S0", value.StructValue.Fields["name"].StringValue);
        Assert.Equal(3, value.StructValue.Fields["capacity"].NumberValue);
        Assert.Equal("1", value.StructValue.Fields["zones"].ListValue.Values[0].StringValue);
    }

    [Fact]
    public void Deserialize_NestedSecretAndUnknown_CountForTheWhole()
    {
        var secret = Value.Parser.ParseJson($$"""{"list":[{"{{Signature}}":"{{SecretMark}}","value":"s"}],"__internal":1}""");
        var unknown = Value.Parser.ParseJson($$"""["a","{{UnknownText}}"]""");

        var data = PropertyDeserializer.Deserialize(secret, null);
        Assert.True(data.IsSecret);
        Assert.Equal(["list"], ((ImmutableDictionary<string, object?>)data.Value!).Keys);
        Assert.False(PropertyDeserializer.Deserialize(unknown, null).IsKnown);
    }

    [Fact]
    public void Convert_UnionEnumsAndNullables_FitTheDeclaredTypes()
    {
        var converter = Converter(out var warnings);

        Assert.Equal(Tier.Basic, converter.Convert<Tier>("tier", Value.ForString("Basic")).Value);
        Assert.Equal(Level.High, converter.Convert<Level>("level", Value.ForNumber(2)).Value);
        Assert.Equal(7, converter.Convert<int?>("count", Value.ForNumber(7)).Value);
        Assert.Null(converter.Convert<int?>("count", Value.ForNull()).Value);
        Assert.Equal(5, converter.Convert<Union<string, int>>("union", Value.ForNumber(5)).Value.AsT1);
        Assert.Equal(1, converter.Convert<ImmutableDictionary<string, ImmutableArray<double>>>("map", Value.Parser.ParseJson("""{"a":[1]}""")).Value["a"][0]);
        Assert.Equal("x", converter.Convert<JsonElement>("json", Value.Parser.ParseJson("""{"a":"x"}""")).Value.GetProperty("a").GetString());
        Assert.Empty(warnings);
    }

    [Fact]
    public void Convert_ValueDoesNotFit_WarnsWithPathAndLeavesDefault()
    {
        var converter = Converter(out var warnings);

        var sku = converter.Convert<SkuResponse>("Account 'a'.sku", Value.Parser.ParseJson("""{"name":"S0","capacity":"many"}""")).Value;
        var count = converter.Convert<int>("count", Value.ForNumber(1.5)).Value;

        Assert.Null(sku.Capacity);
        Assert.Equal("S0", sku.Name);
        Assert.Equal(0, count);
        Assert.Contains("Account 'a'.sku.capacity", warnings[0], StringComparison.Ordinal);
        Assert.Contains("a number with a fraction", warnings[1], StringComparison.Ordinal);
    }

    private static PropertyConverter Converter(out List<string> warnings)
    {
        var list = warnings = [];
        return new(list.Add, reference => throw new InvalidOperationException($"unexpected reference to {reference.Urn}"));
    }

    private static Task<Value> SerializeAsync(object? value) => new PropertySerializer(keepResources: true).SerializeAsync("", value);
}
