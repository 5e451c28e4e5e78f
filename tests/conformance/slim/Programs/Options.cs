using Pulumi;
using static Slim.Shared;

namespace Slim.Programs;

internal static class Options
{
    public static Task<Outputs> DependsOn()
    {
        var a = new Thing("a");
        var b = new Thing("b");
        _ = new Thing("c", options: new() { DependsOn = { a, b } });
        return Nothing;
    }

    public static Task<Outputs> DependsOnOutput()
    {
        var a = new Thing("a");
        _ = new Thing("b", options: new() { DependsOn = { Output.Create<Resource>(a) } });
        _ = new Thing("c", options: new() { DependsOn = { Output.Create(Task.FromResult<Resource>(a)) } });
        return Nothing;
    }

    public static Task<Outputs> Protect()
    {
        if (Phase < 3)
        {
            _ = new Thing("a", options: new() { Protect = Phase == 1 });
        }

        return Nothing;
    }

    public static Task<Outputs> ProtectReplace()
    {
        _ = new Thing("a", new() { ["zone"] = Phase == 1 ? "x" : "y" }, new() { Protect = true });
        return Nothing;
    }

    public static Task<Outputs> IgnoreChanges()
    {
        var values = new Values
        {
            ["size"] = Phase,
            ["color"] = Phase,
            ["nested"] = new Values { ["x"] = Phase, ["y"] = 1 },
            ["list"] = new object[] { new Values { ["v"] = Phase }, new Values { ["v"] = 0 } },
        };
        _ = new Thing("a", values, new() { IgnoreChanges = { "size", "nested.x", "list[0].v" } });
        return Nothing;
    }

    public static Task<Outputs> IgnoreChangesAll()
    {
        _ = new Thing("a", new() { ["size"] = Phase, ["color"] = $"{Phase}" }, new() { IgnoreChanges = { "*" } });
        return Nothing;
    }

    public static Task<Outputs> ReplaceOnChanges()
    {
        _ = new Thing("a", new() { ["name"] = $"a{Phase}", ["size"] = Phase }, new() { ReplaceOnChanges = { "size" } });
        return Nothing;
    }

    public static Task<Outputs> ReplaceOnChangesDeep()
    {
        _ = new Thing("a", new() { ["name"] = $"a{Phase}", ["list"] = new object[] { new Values { ["v"] = Phase, ["other"] = 1 } } }, new() { ReplaceOnChanges = { "list[*].v" } });
        return Nothing;
    }

    public static Task<Outputs> ReplaceCreateFirst()
    {
        var a = new Thing("a", new() { ["name"] = $"a{Phase}", ["zone"] = $"z{Phase}" }, new() { DeleteBeforeReplace = false });
        _ = new Thing("b", new() { ["of"] = a.Address });
        return Nothing;
    }

    public static Task<Outputs> DeleteBeforeReplace()
    {
        var a = new Thing("a", new() { ["zone"] = $"z{Phase}" }, new() { DeleteBeforeReplace = true });
        _ = new Thing("b", new() { ["zone"] = a.Address });
        _ = new Thing("c", new() { ["size"] = 1 }, new() { DependsOn = { a } });
        return Nothing;
    }

    public static Task<Outputs> RetainOnDelete()
    {
        if (Phase == 1)
        {
            _ = new Thing("a", options: new() { RetainOnDelete = true });
        }

        return Nothing;
    }

    public static Task<Outputs> DeletedWith()
    {
        var a = new Thing("a");
        _ = new Thing("b", options: new() { DeletedWith = a });
        return Nothing;
    }

    public static Task<Outputs> AdditionalSecretOutputs()
    {
        var a = new Thing("a", new() { ["key"] = "hunter2" }, new() { AdditionalSecretOutputs = { "key", "address" } });
        return Task.FromResult(new Outputs { ["address"] = a.Address });
    }

    public static Task<Outputs> CustomTimeouts()
    {
        var timeouts = new CustomTimeouts { Create = TimeSpan.FromMinutes(5), Update = TimeSpan.FromMinutes(90), Delete = TimeSpan.FromSeconds(10) };
        _ = new Thing("a", options: new() { CustomTimeouts = timeouts });
        return Nothing;
    }

    public static Task<Outputs> Import()
    {
        _ = new Thing("a", new() { ["name"] = "there", ["size"] = 7 }, new() { ImportId = "there" });
        return Nothing;
    }

    public static Task<Outputs> ImportDiffers()
    {
        _ = new Thing("a", new() { ["name"] = "there", ["size"] = 8 }, new() { ImportId = "there" });
        return Nothing;
    }

    public static Task<Outputs> ImportMissing()
    {
        _ = new Thing("a", new() { ["name"] = "there" }, new() { ImportId = "there" });
        return Nothing;
    }

    public static Task<Outputs> AliasName()
    {
        var options = Phase == 1 ? new CustomResourceOptions() : new() { Aliases = { new Alias { Name = "old" } } };
        _ = new Thing(Phase == 1 ? "old" : "new", new() { ["name"] = "x" }, options);
        return Nothing;
    }

    public static Task<Outputs> AliasUrn()
    {
        var options = Phase == 1 ? new CustomResourceOptions() : new() { Aliases = { new Alias { Urn = "urn:pulumi:dev::shop::fake:index:Thing::old" } } };
        _ = new Thing(Phase == 1 ? "old" : "new", new() { ["name"] = "x" }, options);
        return Nothing;
    }

    public static Task<Outputs> AliasType()
    {
        if (Phase == 1)
        {
            _ = new CustomResource("fake:index:Former", "a", new DictionaryResourceArgs(System.Collections.Immutable.ImmutableDictionary.CreateRange<string, object?>([new("name", "x")])));
        }
        else
        {
            _ = new Thing("a", new() { ["name"] = "x" }, new() { Aliases = { new Alias { Type = "fake:index:Former" } } });
        }

        return Nothing;
    }

    public static Task<Outputs> AliasOfAnotherParent()
    {
        var group = new Group("g", parent =>
        {
            if (Phase == 1)
            {
                _ = new Thing("a", options: new() { Parent = parent });
            }
        });
        if (Phase == 2)
        {
            _ = new Thing("a", options: new() { Aliases = { new Alias { Parent = group } } });
        }

        return Nothing;
    }

    public static Task<Outputs> Version()
    {
        _ = new Thing("a", options: new() { Version = "1.2.3" });
        return Nothing;
    }

    public static Task<Outputs> MergeOptions()
    {
        var a = new Thing("a");
        _ = new Thing("b", options: CustomResourceOptions.Merge(
            new() { DependsOn = { a }, IgnoreChanges = { "size" }, Protect = true },
            new() { IgnoreChanges = { "color" }, Protect = false }));
        return Nothing;
    }

    public static Task<Outputs> TransformationClient()
    {
        static ResourceTransformationResult? Grow(ResourceTransformationArgs args) =>
            new(new DictionaryResourceArgs(System.Collections.Immutable.ImmutableDictionary.CreateRange<string, object?>([new("name", "a"), new("size", 9)])), args.Options);

        _ = new Thing("a", new() { ["size"] = 1 }, new() { ResourceTransformations = { Grow } });
        return Nothing;
    }
}
