using System.Globalization;
using Deploy.Engine.Events;

namespace Deploy.Cli.Rendering;

/// <summary>The words and marks of steps, as Pulumi uses them.</summary>
internal static class StepText
{
    public static string Mark(StepOp op) => op switch
    {
        StepOp.Create => "+",
        StepOp.Update or StepOp.Refresh => "~",
        StepOp.Delete => "-",
        StepOp.Replace => "+-",
        StepOp.CreateReplacement => "++",
        StepOp.DeleteReplaced => "--",
        StepOp.Read => ">",
        StepOp.Import => "=",
        StepOp.Discard or StepOp.DiscardReplaced => "<",
        _ => " ",
    };

    public static string Color(StepOp op) => op switch
    {
        StepOp.Create or StepOp.CreateReplacement or StepOp.Import => "green",
        StepOp.Delete or StepOp.DeleteReplaced or StepOp.Discard or StepOp.DiscardReplaced => "red",
        StepOp.Update or StepOp.Replace or StepOp.Refresh => "yellow",
        _ => "grey",
    };

    public static string Doing(StepOp op) => op switch
    {
        StepOp.Create => "creating",
        StepOp.Update => "updating",
        StepOp.Delete => "deleting",
        StepOp.Replace => "replacing",
        StepOp.CreateReplacement => "creating replacement",
        StepOp.DeleteReplaced => "deleting original",
        StepOp.Read => "reading",
        StepOp.Refresh => "refreshing",
        StepOp.Import => "importing",
        StepOp.Discard or StepOp.DiscardReplaced => "discarding",
        _ => op.Text(),
    };

    public static string Done(StepOp op) => op switch
    {
        StepOp.Create => "created",
        StepOp.Update => "updated",
        StepOp.Delete => "deleted",
        StepOp.Replace => "replaced",
        StepOp.CreateReplacement => "created replacement",
        StepOp.DeleteReplaced => "deleted original",
        StepOp.Read => "read",
        StepOp.Refresh => "refreshed",
        StepOp.Import => "imported",
        StepOp.Discard or StepOp.DiscardReplaced => "discarded",
        _ => op.Text(),
    };

    /// <summary>Whether a step is worth a line.</summary>
    public static bool IsShown(StepMetadata step) =>
        step is { Op: not StepOp.Same and not StepOp.Replace and not StepOp.RemovePendingReplace, IsDefaultProvider: false };

    /// <summary><c>0.31s</c> below ten seconds, <c>12s</c> below two minutes, else <c>3m07s</c>.</summary>
    public static string Duration(TimeSpan time) => time.TotalSeconds switch
    {
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00}s"),
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0}s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}m{time.Seconds:00}s"),
    };
}
