using System.Collections.Immutable;
using Pulumi;
using static Slim.Shared;

namespace Slim.Programs;

internal static class Transforms
{
    public static Task<Outputs> Transform()
    {
        _ = new Thing("a", new() { ["size"] = 1 }, new() { ResourceTransforms = { Change(args => args.Args.SetItem("size", 9).SetItem("seen", args.Type)) } });
        _ = new Thing("b", new() { ["size"] = 1 });
        return Nothing;
    }

    public static Task<Outputs> TransformOrder()
    {
        Deployment.Instance.RegisterResourceTransform(Mark("stack"));
        _ = new Group(
            "outer",
            outer =>
            {
                _ = new Group(
                    "inner",
                    inner => { _ = new Thing("a", [], new() { Parent = inner, ResourceTransforms = { Mark("own1 "), Mark("own2 ") } }); },
                    new() { Parent = outer, ResourceTransforms = { Mark("inner ") } });
            },
            new() { ResourceTransforms = { Mark("outer ") } });
        return Nothing;
    }

    public static Task<Outputs> TransformOptions()
    {
        var a = new Thing("a", new() { ["size"] = Phase });
        _ = new Thing("b", new() { ["size"] = Phase, ["color"] = "red" }, new()
        {
            ResourceTransforms =
            {
                ChangeOptions(options => CustomResourceOptions.Merge(
                    options, new() { Protect = true, DependsOn = { a }, IgnoreChanges = { "size" }, AdditionalSecretOutputs = { "color" } })),
            },
        });
        return Nothing;
    }

    public static Task<Outputs> TransformValues()
    {
        var a = new Thing("a");
        var change = Change(args => args.Args
            .SetItem("moved", args.Args["of"]).SetItem("shown", Output.Unsecret((Output<object?>)args.Args["key"]!)).SetItem("extra", a.Id));
        _ = new Thing("b", new() { ["of"] = a.Address, ["key"] = Output.CreateSecret("hunter2"), ["shown"] = "" }, new() { ResourceTransforms = { change } });
        return Nothing;
    }

    public static Task<Outputs> TransformRemoves()
    {
        _ = new Thing("a", new() { ["size"] = 1, ["color"] = "red" }, new()
        {
            ResourceTransforms = { Change(args => args.Args.Remove("color")), (_, _) => Task.FromResult<ResourceTransformResult?>(null) },
        });
        return Nothing;
    }

    public static Task<Outputs> TransformAlias()
    {
        var options = Phase == 1 ? new CustomResourceOptions() : new()
        {
            ResourceTransforms = { ChangeOptions(given => CustomResourceOptions.Merge(given, new() { Aliases = { new Alias { Name = "old" } } })) },
        };
        _ = new Thing(Phase == 1 ? "old" : "new", new() { ["name"] = "x" }, options);
        return Nothing;
    }

    public static Task<Outputs> TransformProvider()
    {
        var provider = new Provider("p", new() { ["zone"] = "north" });
        _ = new Thing("a", [], new() { ResourceTransforms = { ChangeOptions(given => CustomResourceOptions.Merge(given, new() { Provider = provider })) } });
        return Nothing;
    }

    public static Task<Outputs> TransformFails()
    {
        _ = new Thing("a", [], new() { ResourceTransforms = { (_, _) => throw new InvalidOperationException("not today") } });
        return Nothing;
    }

    public static Task<Outputs> TransformAsync()
    {
        _ = new Thing("a", new() { ["size"] = 1 }, new()
        {
            ResourceTransforms =
            {
                async (args, _) =>
                {
                    await Task.Yield();
                    return new(args.Args.SetItem("size", 2), args.Options);
                },
            },
        });
        return Nothing;
    }

    public static Task<Outputs> InvokeTransform()
    {
        Deployment.Instance.RegisterInvokeTransform((args, _) => Task.FromResult<InvokeTransformResult?>(new(args.Args.SetItem("added", 1), args.Options)));
        return Task.FromResult(new Outputs { ["result"] = Echo(new() { ["x"] = 1 }) });
    }

    public static Task<Outputs> ReplaceWith()
    {
        var a = new Thing("a", new() { ["name"] = $"a{Phase}", ["zone"] = $"z{Phase}" });
        _ = new Thing("b", new() { ["name"] = $"b{Phase}", ["size"] = 1 }, new() { ReplaceWith = { a } });
        return Nothing;
    }

    public static Task<Outputs> ReplacementTrigger()
    {
        _ = new Thing("a", new() { ["name"] = $"a{Phase}" }, new() { ReplacementTrigger = $"v{Phase}", IgnoreChanges = { "none" } });
        _ = new Thing("b", [], new() { ReplacementTrigger = "fixed" });
        return Nothing;
    }

    public static Task<Outputs> HideDiffs()
    {
        _ = new Thing("a", new() { ["size"] = Phase }, new() { HideDiffs = { "size" } });
        return Nothing;
    }

    private static ResourceTransform Change(Func<ResourceTransformArgs, ImmutableDictionary<string, object?>> change) =>
        (args, _) => Task.FromResult<ResourceTransformResult?>(new(change(args), args.Options));

    private static ResourceTransform ChangeOptions(Func<CustomResourceOptions, CustomResourceOptions> change) =>
        (args, _) => Task.FromResult<ResourceTransformResult?>(new(args.Args, change((CustomResourceOptions)args.Options)));

    private static ResourceTransform Mark(string text) => (args, _) => Task.FromResult<ResourceTransformResult?>(
        args.Custom ? new(args.Args.SetItem("trace", $"{args.Args.GetValueOrDefault("trace")}{text}"), args.Options) : null);
}
