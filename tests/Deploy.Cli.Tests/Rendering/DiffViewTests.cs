using Deploy.Cli.Rendering;
using Deploy.Engine;
using Deploy.Engine.Events;
using Deploy.Engine.Providers;
using Deploy.Engine.State;
using Deploy.Engine.Values;
using Xunit;

namespace Deploy.Cli.Tests.Rendering;

public sealed class DiffViewTests
{
    private static readonly Urn Name = Urn.Create("local", "phi", null, "azure-native:x:Y", "y");

    [Fact]
    public void Lines_DetailedDiff_ShowsBeforeAndAfterInOrder()
    {
        var step = Step(
            PropertyMap.Create(("properties", PropertyMap.Create(("status", "Enabled"))), ("gone", 1)),
            PropertyMap.Create(("properties", PropertyMap.Create(("status", "Disabled"))), ("added", true)),
            ("properties.status", DiffKind.Update), ("gone", DiffKind.Delete), ("added", DiffKind.Add));

        Assert.Equal(
            [("added", "+", null, "true"), ("gone", "-", "1", null), ("properties.status", "~", "\"Enabled\"", "\"Disabled\"")],
            DiffView.Lines(step));
    }

    [Fact]
    public void Lines_Secret_IsMasked()
    {
        var step = Step(
            PropertyMap.Create(("key", new PropertySecret("before"))),
            PropertyMap.Create(("key", new PropertySecret("after"))),
            ("key", DiffKind.Update));

        var line = Assert.Single(DiffView.Lines(step));
        Assert.Equal(("\"[secret]\"", "\"[secret]\""), (line.Before, line.After));
    }

    [Fact]
    public void Lines_Creation_ShowsPropertiesOnlyWhenAllAreAskedForAndMasksSecrets()
    {
        var inputs = PropertyMap.Create(("size", 3), ("key", new PropertySecret("hunter2")), ("__internal", 1));
        var step = new StepMetadata { Op = StepOp.Create, Urn = Name, New = new ResourceState { Urn = Name, Custom = true, Inputs = inputs } };

        Assert.Empty(DiffView.Lines(step));
        Assert.Equal([("key", "+", null, "\"[secret]\""), ("size", "+", null, "3")], DiffView.Lines(step, all: true));
    }

    private static StepMetadata Step(PropertyMap before, PropertyMap after, params (string Path, DiffKind Kind)[] diff) => new()
    {
        Op = StepOp.Update,
        Urn = Name,
        Old = new ResourceState { Urn = Name, Custom = true, Inputs = before },
        New = new ResourceState { Urn = Name, Custom = true, Inputs = after },
        DetailedDiff = diff.ToDictionary(entry => entry.Path, entry => new PropertyDiff(entry.Kind)),
    };
}
