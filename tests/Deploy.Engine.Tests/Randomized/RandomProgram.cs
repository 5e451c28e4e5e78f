using Deploy.Engine.Tests.Harness;
using Deploy.Engine.Values;
using Pulumirpc;

namespace Deploy.Engine.Tests.Randomized;

/// <summary>One resource of a random program; what it depends on stands before it.</summary>
internal sealed record RandomThing(string Name, int Size, string Zone)
{
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Takes an output of the first dependency, so that a replacement of that one reaches this one.</summary>
    public bool TakesAddress { get; init; }

    public bool IsExclusive { get; init; }

    public bool? DeleteBeforeReplace { get; init; }

    public bool RetainOnDelete { get; init; }

    public bool IgnoresSize { get; init; }

    public bool ReplacesOnSize { get; init; }

    public string? DeletedWith { get; init; }

    public bool IsInComponent { get; init; }

    /// <summary>Is of another type than usual.</summary>
    public bool IsOther { get; init; }

    /// <summary>Tells with aliases that it is the same whatever its type and parent are now.</summary>
    public bool KeepsIdentity { get; init; }

    /// <summary>The cloud makes it and says that it does not work.</summary>
    public bool IsSick { get; init; }
}

/// <summary>A program of up to eight things that registers everything at once, each as soon as what it depends on is there.</summary>
internal sealed record RandomProgram(IReadOnlyList<RandomThing> Things)
{
    private const string UsualType = "fake:index:Thing";
    private const string OtherType = "fake:index:Other";

    private static readonly string[] Names = ["a", "b", "c", "d", "e", "f", "g", "h"];

    public static RandomProgram Draw(Random random)
    {
        var things = new List<RandomThing>();
        foreach (var name in Names.Where(_ => random.Next(3) > 0).OrderBy(_ => random.Next()).ToList())
        {
            var before = things.Select(thing => thing.Name).Where(_ => random.Next(3) == 0).ToList();
            things.Add(new(name, random.Next(3), random.Next(2) == 0 ? "east" : "west")
            {
                DependsOn = before,
                TakesAddress = random.Next(2) == 0,
                IsExclusive = random.Next(4) == 0,
                DeleteBeforeReplace = random.Next(6) switch { 0 => true, 1 => false, _ => null },
                RetainOnDelete = random.Next(10) == 0,
                IgnoresSize = random.Next(8) == 0,
                ReplacesOnSize = random.Next(8) == 0,
                DeletedWith = before.Count > 0 && random.Next(8) == 0 ? before[0] : null,
                IsInComponent = random.Next(4) == 0,
                IsOther = random.Next(5) == 0,
                KeepsIdentity = random.Next(2) == 0,
                IsSick = random.Next(25) == 0,
            });
        }

        return new(things);
    }

    /// <summary>The same without anything that makes a step fail.</summary>
    public RandomProgram Healthy() => new([.. Things.Select(thing => thing with { IsSick = false })]);

    public async Task RunAsync(ProgramClient program)
    {
        var component = await program.RegisterAsync("my:index:Group", "group", [], request => request.Custom = false);
        var registered = new Dictionary<string, Task<Registered>>();
        foreach (var thing in Things)
        {
            registered[thing.Name] = RegisterAsync(program, thing, [.. thing.DependsOn.Select(name => registered[name])], component.Urn);
        }

        await Task.WhenAll(registered.Values);
    }

    private static async Task<Registered> RegisterAsync(ProgramClient program, RandomThing thing, IReadOnlyList<Task<Registered>> before, string component)
    {
        var others = await Task.WhenAll(before);
        var inputs = new List<(string, PropertyValue)> { ("size", thing.Size), ("zone", thing.Zone) };
        if (thing.IsExclusive)
        {
            inputs.Add(("exclusive", true));
        }

        if (thing.IsSick)
        {
            inputs.Add(("sick", true));
        }

        if (thing.TakesAddress && others.Length > 0 && others[0].Outputs.Find("address") is { } address)
        {
            inputs.Add(("of", address));
        }

        return await program.RegisterAsync(
            thing.IsOther ? OtherType : UsualType, thing.Name, [.. inputs], request => Apply(thing, others, component, program.StackUrn, request));
    }

    private static void Apply(RandomThing thing, Registered[] others, string component, string stack, RegisterResourceRequest request)
    {
        request.Dependencies.AddRange(others.Select(other => other.Urn));
        if (thing.TakesAddress && others.Length > 0)
        {
            foreach (var name in request.Object.Fields.Keys)
            {
                request.PropertyDependencies[name] = new() { Urns = { name == "of" ? [others[0].Urn] : Array.Empty<string>() } };
            }
        }

        if (thing.IsInComponent)
        {
            request.Parent = component;
        }

        if (thing.KeepsIdentity)
        {
            var (type, parent) = (thing.IsOther ? UsualType : OtherType, thing.IsInComponent ? stack : component);
            request.Aliases.Add(new Alias { Spec = new() { Type = type } });
            request.Aliases.Add(new Alias { Spec = new() { ParentUrn = parent } });
            request.Aliases.Add(new Alias { Spec = new() { Type = type, ParentUrn = parent } });
        }

        if (thing.DeleteBeforeReplace is { } first)
        {
            (request.DeleteBeforeReplaceDefined, request.DeleteBeforeReplace) = (true, first);
        }

        if (thing.RetainOnDelete)
        {
            request.RetainOnDelete = true;
        }

        if (thing.IgnoresSize)
        {
            request.IgnoreChanges.Add("size");
        }

        if (thing.ReplacesOnSize)
        {
            request.ReplaceOnChanges.Add("size");
        }

        request.DeletedWith = thing.DeletedWith is null ? "" : others[thing.DependsOn.ToList().IndexOf(thing.DeletedWith)].Urn;
    }
}
