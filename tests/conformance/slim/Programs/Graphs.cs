using Pulumi;
using static Slim.Shared;

namespace Slim.Programs;

internal static class Graphs
{
    public static Task<Outputs> Empty() => Nothing;

    public static Task<Outputs> Single()
    {
        _ = new Thing("a", new() { ["size"] = 3 });
        return Nothing;
    }

    public static Task<Outputs> Chain()
    {
        var a = new Thing("a");
        var b = new Thing("b", new() { ["of"] = a.Address });
        var c = new Thing("c", new() { ["of"] = b.Address });
        return Task.FromResult(new Outputs { ["end"] = c.Address });
    }

    public static Task<Outputs> Diamond()
    {
        var a = new Thing("a");
        var left = new Thing("left", new() { ["of"] = a.Address });
        var right = new Thing("right", new() { ["of"] = a.Address });
        _ = new Thing("end", new() { ["both"] = new InputList<string> { left.Address, right.Id } });
        return Nothing;
    }

    public static Task<Outputs> Independent()
    {
        for (var i = 0; i < 30; i++)
        {
            _ = new Thing($"t{i}", new() { ["size"] = i });
        }

        return Nothing;
    }

    public static Task<Outputs> ApplyMakesResources()
    {
        var a = new Thing("a");
        _ = a.Address.Apply(address => new Thing("b", new() { ["of"] = address }));
        return Nothing;
    }

    public static async Task<Outputs> AsyncProgram()
    {
        var a = new Thing("a");
        await Task.Yield();
        var b = new Thing("b", new() { ["of"] = a.Address });
        return new() { ["address"] = b.Address };
    }

    public static Task<Outputs> UpdateInPlace()
    {
        var a = new Thing("a", new() { ["size"] = Phase });
        _ = new Thing("b", new() { ["of"] = a.Size });
        return Nothing;
    }

    public static Task<Outputs> Dropped()
    {
        var a = new Thing("a");
        if (Phase == 1)
        {
            var b = new Thing("b", new() { ["of"] = a.Address });
            _ = new Thing("c", new() { ["of"] = b.Address });
        }

        return Nothing;
    }

    public static Task<Outputs> LargeOutput()
    {
        var a = new Thing("a", new() { ["text"] = new string('x', 5_000_000) });
        return Task.FromResult(new Outputs { ["length"] = a.Id.Apply(_ => 5_000_000), ["large"] = new string('y', 5_000_000) });
    }

    public static Task<Outputs> ManyProperties()
    {
        var values = new Values { ["list"] = Enumerable.Range(0, 1000).ToArray() };
        for (var i = 0; i < 300; i++)
        {
            values[$"p{i}"] = i;
        }

        return Task.FromResult(new Outputs { ["sum"] = new Thing("a", values).Id });
    }

    public static Task<Outputs> Deep()
    {
        object value = "bottom";
        for (var i = 0; i < 20; i++)
        {
            value = i % 2 == 1 ? new[] { value } : new Values { ["v"] = value };
        }

        _ = new Thing("a", new() { ["value"] = value });
        return Task.FromResult(new Outputs { ["value"] = value });
    }

    public static Task<Outputs> Concurrent()
    {
        for (var chain = 0; chain < 10; chain++)
        {
            Thing? before = null;
            for (var i = 0; i < 10; i++)
            {
                before = new Thing($"c{chain}-{i}", before is null ? [] : new() { ["of"] = before.Address });
            }
        }

        return Nothing;
    }

    public static Task<Outputs> WideFanIn()
    {
        var all = Enumerable.Range(0, 50).Select(i => new Thing($"t{i}")).ToList();
        var addresses = new InputList<string>();
        foreach (var thing in all)
        {
            addresses.Add(thing.Address);
        }

        _ = new Thing("end", new() { ["all"] = addresses });
        return Nothing;
    }
}
