using Pulumi;
using static Slim.Shared;

namespace Slim.Programs;

/// <summary>Outputs, secrets, unknowns, configuration and assets.</summary>
internal static class Data
{
    public static Task<Outputs> OutputsOfEveryKind()
    {
        var a = new Thing("a");
        return Task.FromResult(new Outputs
        {
            ["text"] = "plain",
            ["empty"] = "",
            ["number"] = 1.5,
            ["large"] = 12345678901d,
            ["yes"] = true,
            ["no"] = false,
            ["nothing"] = null,
            ["list"] = new object[] { 1, "two", new object[] { 3, new Values { ["four"] = 4 } }, a.Address },
            ["map"] = new Values { ["inner"] = new Values { ["address"] = a.Address, ["id"] = a.Id }, ["key with spaces"] = 1 },
            ["urn"] = a.Urn,
        });
    }

    public static Task<Outputs> OutputFunctions()
    {
        var a = new Thing("a");
        var b = new Thing("b");
        return Task.FromResult(new Outputs
        {
            ["all"] = Output.Tuple(a.Address, b.Address).Apply(both => both.Item1.Length + both.Item2.Length),
            ["concat"] = Output.Format($"<{a.Address}>"),
            ["interpolate"] = Output.Format($"{a.Id} and {b.Id}"),
            ["json"] = Output.JsonSerialize(Output.Tuple(a.Id, b.Id).Apply(ids => new Dictionary<string, object> { ["a"] = ids.Item1, ["list"] = new[] { ids.Item2 } })),
            ["parsed"] = Output.JsonDeserialize<Dictionary<string, int>>(Output.Create("""{"x": 1}""")).Apply(value => value["x"]),
            ["nested"] = Output.All(a.Id).Apply(ids => ids[0]),
        });
    }

    public static Task<Outputs> SecretConfig()
    {
        var key = new Config().RequireSecret("key");
        var a = new Thing("a", new() { ["key"] = key, ["nested"] = new Values { ["list"] = new object[] { key, "open" } } });
        _ = new Thing("b", new() { ["of"] = a.Address });
        return Task.FromResult(new Outputs { ["key"] = key, ["derived"] = key.Apply(text => text.Length) });
    }

    public static Task<Outputs> SecretThroughValues()
    {
        var secret = Output.CreateSecret((User: "u", Password: "hunter2"));
        var user = secret.Apply(both => both.User);
        var password = secret.Apply(both => both.Password);
        return Task.FromResult(new Outputs
        {
            ["password"] = password,
            ["line"] = Output.Format($"pw={password}"),
            ["all"] = Output.Tuple(user, Output.Create("x")).Apply(both => both.Item1),
            ["open"] = Output.Unsecret(user),
            ["isSecret"] = Output.Create(Output.IsSecretAsync(user)),
        });
    }

    public static Task<Outputs> SecretOutputOfAResource()
    {
        var a = new Thing("a", new() { ["key"] = Output.CreateSecret("hunter2") });
        return Task.FromResult(new Outputs { ["key"] = a.Key });
    }

    public static Task<Outputs> SecretChanges()
    {
        _ = new Thing("a", new() { ["key"] = Output.CreateSecret($"hunter{Phase}") });
        return Nothing;
    }

    public static Task<Outputs> SecretAppears()
    {
        _ = new Thing("a", new() { ["key"] = Phase == 1 ? "x" : Output.CreateSecret("x") });
        return Nothing;
    }

    public static Task<Outputs> Unknowns()
    {
        var a = new Thing("a");
        var secret = a.Address.Apply(Output.CreateSecret);
        var inside = new Values { ["list"] = new object[] { "known", a.Address }, ["text"] = Output.Format($"x{a.Address}") };
        _ = new Thing("b", new() { ["whole"] = a.Address, ["inside"] = inside, ["secret"] = secret });
        return Task.FromResult(new Outputs
        {
            ["whole"] = a.Address,
            ["inside"] = new Values { ["list"] = new object[] { "known", a.Address } },
            ["secret"] = secret,
            ["id"] = a.Id,
            ["applied"] = a.Address.Apply(text => text.Length),
        });
    }

    public static Task<Outputs> UnknownHidesResources()
    {
        var a = new Thing("a");
        _ = a.Address.Apply(address => address.Split(':').Select(part => new Thing($"p{part.Length}")).ToList());
        return Nothing;
    }

    public static Task<Outputs> ValuesOfEveryKind()
    {
        _ = new Thing("a", new()
        {
            ["text"] = "x",
            ["empty"] = "",
            ["number"] = 0.1,
            ["negative"] = -3,
            ["large"] = 9007199254740991d,
            ["yes"] = true,
            ["no"] = false,
            ["nothing"] = null,
            ["list"] = Array.Empty<string>(),
            ["map"] = new Values(),
            ["nested"] = new Values { ["a"] = new object[] { new Values { ["b"] = new object?[] { null, new Values { ["c"] = "d" } } } } },
            ["unicode"] = "Größe 🚀 \0",
            ["key.with dots[0]"] = 1,
            ["promise"] = Output.Create(Task.FromResult(new Values { ["late"] = 1 })),
            ["output"] = Output.Create(new object[] { 1, Output.Create(2) }),
        });
        return Nothing;
    }

    public static Task<Outputs> Config()
    {
        var config = new Config();
        return Task.FromResult(new Outputs
        {
            ["text"] = config.Require("text"),
            ["number"] = config.RequireDouble("number"),
            ["flag"] = config.RequireBoolean("flag"),
            ["object"] = config.RequireObject<Dictionary<string, int[]>>("object"),
            ["missing"] = config.Get("missing") ?? "default",
            ["other"] = new Config("other").Get("text"),
            ["project"] = Deployment.Instance.ProjectName,
            ["stack"] = Deployment.Instance.StackName,
            ["organization"] = Deployment.Instance.OrganizationName,
            ["preview"] = Deployment.Instance.IsDryRun,
        });
    }

    public static Task<Outputs> ConfigMissing()
    {
        _ = new Config().Require("size");
        return Nothing;
    }

    public static Task<Outputs> Assets()
    {
        _ = new Thing("a", new() { ["text"] = new StringAsset("hello"), ["file"] = new FileAsset("assets/greeting.txt") });
        return Nothing;
    }

    public static Task<Outputs> Archives()
    {
        var archive = new AssetArchive(new Dictionary<string, AssetOrArchive> { ["one.txt"] = new StringAsset("one"), ["two.txt"] = new FileAsset("assets/greeting.txt") });
        _ = new Thing("a", new() { ["archive"] = archive });
        return Nothing;
    }

    public static Task<Outputs> AssetMissing()
    {
        _ = new Thing("a", new() { ["file"] = new FileAsset("assets/nowhere.txt") });
        return Nothing;
    }
}
