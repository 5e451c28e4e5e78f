using Deploy.Engine.Planning;
using Deploy.Engine.Protocol;
using Deploy.Engine.Values;

namespace Deploy.Engine.Tests.Values;

public sealed class WireValuesTests
{
    private readonly WireValues _values = new(Path.GetTempPath());

    [Fact]
    public void ReadMap_WhatWasWritten_IsTheSame()
    {
        var map = PropertyMap.Create(
            ("null", PropertyValue.Null),
            ("list", new PropertyList(1, "two", true, PropertyValue.Unknown)),
            ("secret", PropertyMap.Create(("x", 1.5)).AsSecret()),
            ("reference", new PropertyReference(Urn.Create("s", "p", null, "a:b:C", "n"), "id", "1.0")),
            ("asset", new PropertyAsset { Text = "", Hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" }));

        Assert.Equal(map, _values.ReadMap(WireValues.WriteMap(map, keepSecrets: true, keepReferences: true)));
    }

    [Fact]
    public void WriteMap_ReceiverWithoutSecretsAndReferences_GetsPlainValues()
    {
        var map = PropertyMap.Create(("secret", PropertyValue.FromString("x").AsSecret()), ("reference", new PropertyReference(Urn.Create("s", "p", null, "a:b:C", "n"), "id", "")));

        var wire = WireValues.WriteMap(map, keepSecrets: false, keepReferences: false);

        Assert.Equal(("x", "id"), (wire.Fields["secret"].StringValue, wire.Fields["reference"].StringValue));
    }

    [Theory]
    [InlineData("30m", 1800)]
    [InlineData("1h15m", 4500)]
    [InlineData("1800000000000ns", 1800)]
    [InlineData("1.5s", 1.5)]
    public void GoDuration_Text_IsParsed(string text, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), GoDuration.Parse(text));

    [Theory]
    [InlineData("a.b", "a.b.c", true)]
    [InlineData("a.b.c", "a.b", true)]
    [InlineData("a[*].x", "a[3].x", true)]
    [InlineData("a[\"odd.key\"]", "a[\"odd.key\"]", true)]
    [InlineData("a.b", "a.c", false)]
    public void PropertyPath_Covers_PathsAboveAndBelow(string pattern, string path, bool covers) =>
        Assert.Equal(covers, PropertyPath.TryParse(pattern)!.Covers(PropertyPath.TryParse(path)!));

    [Fact]
    public void PropertyPath_Restore_CopiesOldValuesAndRemovesNewOnes()
    {
        var old = PropertyMap.Create(("a", PropertyMap.Create(("keep", 1), ("other", 1))));
        var now = PropertyMap.Create(("a", PropertyMap.Create(("keep", 2), ("other", 2), ("added", 3))));

        var restored = PropertyPath.TryParse("a.added")!.Restore(old, PropertyPath.TryParse("a.keep")!.Restore(old, now));

        Assert.Equal(PropertyMap.Create(("a", PropertyMap.Create(("keep", 1), ("other", 2)))), restored);
    }
}
