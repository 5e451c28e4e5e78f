using Pulumi;
using static Slim.Shared;

namespace Slim.Programs;

internal static class Faults
{
    public static Task<Outputs> FailsInTheMiddle()
    {
        var a = new Thing("a");
        var b = new Thing("b", new() { ["of"] = a.Address });
        _ = new Thing("c", new() { ["of"] = b.Address });
        return Nothing;
    }

    public static Task<Outputs> FailsBeside()
    {
        var a = new Thing("a", new() { ["size"] = Phase });
        _ = new Thing("b", new() { ["size"] = Phase }, new() { DependsOn = { a } });
        return Nothing;
    }

    public static Task<Outputs> FailsToDelete()
    {
        _ = new Thing("a");
        if (Phase == 1)
        {
            _ = new Thing("b");
        }

        return Nothing;
    }

    public static Task<Outputs> FailsInReplacement()
    {
        _ = new Thing("a", new() { ["name"] = $"a{Phase}", ["zone"] = $"z{Phase}" }, new() { DeleteBeforeReplace = false });
        return Nothing;
    }

    public static Task<Outputs> CheckFails()
    {
        _ = new Thing("a", new() { ["bad"] = 1 });
        return Nothing;
    }

    public static Task<Outputs> Sick()
    {
        _ = new Thing("a", Phase == 1 ? new() { ["sick"] = 1 } : []);
        return Nothing;
    }

    public static Task<Outputs> Throws() => throw new InvalidOperationException("not my day");

    public static Task<Outputs> ThrowsLater()
    {
        if (Phase == 1)
        {
            _ = new Thing("a");
        }

        _ = new Thing("b");
        return Phase == 2 ? throw new InvalidOperationException("not my day") : Nothing;
    }

    public static Task<Outputs> RunError()
    {
        _ = new Thing("a");
        throw new RunException("give me a size");
    }

    public static Task<Outputs> ResourceError()
    {
        var a = new Thing("a");
        throw new ResourceException("it is too small", a, hideStack: true);
    }

    public static Task<Outputs> ThrowsInApply()
    {
        var a = new Thing("a");
        _ = a.Address.Apply(int (string _) => throw new InvalidOperationException("in apply"));
        return Nothing;
    }

    public static Task<Outputs> Twice()
    {
        var a = new Thing("a", new() { ["size"] = 1 });
        _ = new Thing("a", new() { ["size"] = 2 }, new() { DependsOn = { a } });
        return Nothing;
    }

    public static Task<Outputs> Logs()
    {
        var a = new Thing("a");
        Log.Info("an information");
        Log.Warn("a warning", a);
        Log.Debug("not shown");
        Console.WriteLine("to standard output");
        Console.Error.WriteLine("to standard error");
        return Nothing;
    }

    public static Task<Outputs> LogsAnError()
    {
        Log.Error("an error");
        return Nothing;
    }
}
