using System.Collections.Immutable;
using Pulumi;
using static Slim.Shared;

namespace Slim.Programs;

internal static class Providers
{
    private const string Base = "organization/shop/base";

    public static Task<Outputs> Provider()
    {
        var provider = new Provider("p", new() { ["zone"] = "north", ["list"] = new[] { "x" } });
        _ = new Thing("a", options: new() { Provider = provider });
        _ = new Thing("b");
        return Nothing;
    }

    public static Task<Outputs> ProviderChanges()
    {
        var provider = new Provider("p", new() { ["zone"] = $"z{Phase}" });
        _ = new Thing("a", options: new() { Provider = provider });
        return Nothing;
    }

    public static Task<Outputs> ProviderOfAnOutput()
    {
        var a = new Thing("a");
        var provider = new Provider("p", new() { ["endpoint"] = a.Address });
        _ = new Thing("b", options: new() { Provider = provider });
        return Nothing;
    }

    public static Task<Outputs> ProviderConfig()
    {
        _ = new Thing("a");
        return Nothing;
    }

    public static async Task<Outputs> Invoke() => new()
    {
        ["result"] = await Deployment.Instance.InvokeAsync<ImmutableDictionary<string, object>>(
            "fake:index:echo", Args(new() { ["text"] = "hi", ["list"] = new[] { 1, 2 }, ["map"] = new Values { ["x"] = null } })),
    };

    public static Task<Outputs> InvokeOutput()
    {
        var a = new Thing("a");
        return Task.FromResult(new Outputs { ["result"] = Echo(new() { ["of"] = a.Address }) });
    }

    public static Task<Outputs> InvokeSecret() => Task.FromResult(new Outputs { ["result"] = Echo(new() { ["key"] = Output.CreateSecret("hunter2") }) });

    public static Task<Outputs> InvokeDependsOn()
    {
        var a = new Thing("a");
        var result = Deployment.Instance.Invoke<ImmutableDictionary<string, object>>("fake:index:echo", Args(new() { ["x"] = 1 }), new InvokeOutputOptions { DependsOn = { a } });
        return Task.FromResult(new Outputs { ["result"] = result });
    }

    public static Task<Outputs> InvokeProvider()
    {
        var provider = new Provider("p", new() { ["zone"] = "north" });
        return Task.FromResult(new Outputs { ["result"] = Echo(new() { ["x"] = 1 }, new() { Provider = provider }) });
    }

    public static async Task<Outputs> InvokeUnknownFunction() => new()
    {
        ["result"] = await Deployment.Instance.InvokeAsync<ImmutableDictionary<string, object>>("fake:index:nothing", Args([])),
    };

    public static Task<Outputs> StackReference()
    {
        var reference = new StackReference(Base);
        _ = new Thing("a", new() { ["of"] = reference.GetOutput("url"), ["key"] = reference.GetOutput("secret") });
        return Task.FromResult(new Outputs
        {
            ["url"] = reference.GetOutput("url"),
            ["list"] = reference.RequireOutput("list"),
            ["secret"] = reference.GetOutput("secret"),
            ["missing"] = reference.GetOutput("missing"),
        });
    }

    public static async Task<Outputs> StackReferenceDetails()
    {
        var reference = new StackReference(Base);
        var url = await reference.GetOutputDetailsAsync("url");
        var secret = await reference.GetOutputDetailsAsync("secret");
        return new() { ["plain"] = url.Value, ["isSecret"] = secret is { SecretValue: not null, Value: null } };
    }

    public static Task<Outputs> StackReferenceOfAnOutput()
    {
        var a = new Thing("a", new() { ["stack"] = Base });
        var reference = new StackReference("base", new() { Name = a.Address.Apply(_ => Base) });
        return Task.FromResult(new Outputs { ["url"] = reference.GetOutput("url") });
    }

    public static Task<Outputs> StackReferenceMissing()
    {
        _ = new StackReference("organization/shop/nowhere");
        return Nothing;
    }

    public static Task<Outputs> StackReferenceRequire()
    {
        var reference = new StackReference(Base);
        return Task.FromResult(new Outputs { ["missing"] = reference.RequireOutput("missing") });
    }

    public static Task<Outputs> Read()
    {
        var a = new Thing("a", new() { ["name"] = null }, new() { Id = "there" });
        _ = new Thing("b", new() { ["of"] = a.Address });
        return Task.FromResult(new Outputs { ["address"] = a.Address });
    }

    public static Task<Outputs> ReadMissing()
    {
        _ = new Thing("a", new() { ["name"] = null }, new() { Id = "nowhere" });
        return Nothing;
    }

    public static Task<Outputs> ReadOfAnOutput()
    {
        var a = new Thing("a");
        var b = new Thing("b", new() { ["name"] = null }, new() { Id = a.Id });
        return Task.FromResult(new Outputs { ["address"] = b.Address });
    }

    public static Task<Outputs> UnknownPackage()
    {
        _ = new CustomResource("other:index:Thing", "a", ResourceArgs.Empty);
        return Nothing;
    }
}
