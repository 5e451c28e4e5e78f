using Pulumi;
using static Slim.Shared;

namespace Slim.Programs;

internal static class Components
{
    public static Task<Outputs> Component()
    {
        _ = new Group("g", parent => new Values { ["inner"] = new Thing("a", options: new() { Parent = parent }).Address });
        return Nothing;
    }

    public static Task<Outputs> NestedComponents()
    {
        _ = new Group("outer", outer =>
        {
            _ = new Group(
                "middle",
                middle =>
                {
                    _ = new Group("inner", inner => { _ = new Thing("leaf", options: new() { Parent = inner }); }, new() { Parent = middle });
                    _ = new Thing("beside", options: new() { Parent = middle });
                },
                new() { Parent = outer });
        });
        return Nothing;
    }

    public static Task<Outputs> SameNameUnderTwoParents()
    {
        var b = new Thing("b");
        _ = new Group("g", parent => { _ = new Thing("a", new() { ["name"] = "one" }, new() { Parent = parent }); });
        _ = new Thing("a", new() { ["name"] = "two" }, new() { Parent = b });
        return Nothing;
    }

    public static Task<Outputs> ComponentDependsOn()
    {
        var group = new Group("g", parent =>
        {
            _ = new Thing("a", options: new() { Parent = parent });
            _ = new Group("deep", inner => { _ = new Thing("b", options: new() { Parent = inner }); }, new() { Parent = parent });
        });
        _ = new Thing("after", options: new() { DependsOn = { group } });
        return Nothing;
    }

    public static Task<Outputs> ComponentProtect()
    {
        _ = new Group("g", parent => { _ = new Thing("a", options: new() { Parent = parent }); }, new() { Protect = Phase == 1 });
        return Nothing;
    }

    public static Task<Outputs> ComponentProvider()
    {
        var provider = new Provider("p", new() { ["zone"] = "north" });
        _ = new Group(
            "g",
            parent =>
            {
                _ = new Thing("a", options: new() { Parent = parent });
                _ = new Group("deep", inner => { _ = new Thing("b", options: new() { Parent = inner }); }, new() { Parent = parent });
            },
            new() { Providers = { provider } });
        return Nothing;
    }

    public static Task<Outputs> ComponentAlias()
    {
        var options = Phase == 1 ? new ComponentResourceOptions() : new() { Aliases = { new Alias { Name = "old" } } };
        _ = new Group(Phase == 1 ? "old" : "new", parent => { _ = new Thing("a", options: new() { Parent = parent }); }, options);
        return Nothing;
    }

    public static Task<Outputs> ComponentOutputs()
    {
        var group = new Group("g", parent =>
        {
            var a = new Thing("a", options: new() { Parent = parent });
            return new Values { ["address"] = a.Address, ["secret"] = Output.CreateSecret("hush"), ["list"] = new object[] { 1, a.Id } };
        });
        return Task.FromResult(new Outputs { ["urn"] = group.Urn });
    }

    public static Task<Outputs> ComponentLosesAChild()
    {
        _ = new Group("g", parent =>
        {
            _ = new Thing("a", options: new() { Parent = parent });
            if (Phase == 1)
            {
                _ = new Thing("b", options: new() { Parent = parent });
            }
        });
        return Nothing;
    }

    public static Task<Outputs> Reparent()
    {
        if (Phase == 1)
        {
            _ = new Thing("a");
        }
        else
        {
            _ = new Group("g", parent => { _ = new Thing("a", options: new() { Parent = parent, Aliases = { new Alias { NoParent = true } } }); });
        }

        return Nothing;
    }

    public static Task<Outputs> ChildOfAResource()
    {
        var a = new Thing("a");
        _ = new Thing("b", options: new() { Parent = a });
        return Nothing;
    }

    public static Task<Outputs> ResourceReference()
    {
        var a = new Thing("a");
        var group = new Group("g", _ => { });
        _ = new Thing("b", new() { ["thing"] = a, ["list"] = new object[] { a }, ["group"] = group });
        return Nothing;
    }

    public static Task<Outputs> RefusedRemoteComponent()
    {
        _ = new ComponentResource("fake:index:Remote", "r", ResourceArgs.Empty, remote: true);
        return Nothing;
    }
}
