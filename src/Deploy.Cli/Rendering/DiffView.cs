using Deploy.Engine.Events;
using Deploy.Engine.Providers;
using Deploy.Engine.State;
using Deploy.Engine.Values;
using Spectre.Console;

namespace Deploy.Cli.Rendering;

/// <summary>What a step changes, property by property; secrets are masked.</summary>
internal static class DiffView
{
    private const int LongestValue = 100;

    /// <param name="console">Where it is shown.</param>
    /// <param name="step">The step.</param>
    /// <param name="all">Whether to show every property of what is created or deleted, too.</param>
    public static void Write(IAnsiConsole console, StepMetadata step, bool all)
    {
        foreach (var (path, mark, before, after) in Lines(step, all))
        {
            var color = mark switch { "+" => "green", "-" => "red", _ => "yellow" };
            var text = (before, after) switch
            {
                (null, not null) => after,
                (not null, null) => before,
                _ => $"{before} => {after}",
            };
            var forces = step.ReplaceKeys.Contains(path) ? "  (forces replacement)" : "";
            console.MarkupLineInterpolated($"        [{color}]{mark} {path}[/]: {text}{forces}");
        }
    }

    public static IEnumerable<(string Path, string Mark, string? Before, string? After)> Lines(StepMetadata step, bool all = false)
    {
        if (step is { Old: { } old, New: { } @new })
        {
            return Changes(step, old, @new);
        }

        return (all, step.Old, step.New) switch
        {
            (true, null, { } created) => Inputs(created).Select(input => (input.Key, "+", (string?)null, (string?)Text(input.Value))),
            (true, { } deleted, null) => Inputs(deleted).Select(input => (input.Key, "-", (string?)Text(input.Value), (string?)null)),
            _ => [],
        };
    }

    private static IEnumerable<(string Path, string Mark, string? Before, string? After)> Changes(StepMetadata step, ResourceState old, ResourceState @new)
    {
        var paths = step.DetailedDiff.Count > 0
            ? step.DetailedDiff.Select(pair => (pair.Key, Mark: MarkOf(pair.Value.Kind)))
            : step.Diffs.Select(name => (Key: name, Mark: "~"));
        foreach (var (path, mark) in paths.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var before = PropertyPath.Find(old.Inputs, path) ?? PropertyPath.Find(old.Outputs, path);
            var after = PropertyPath.Find(@new.Inputs, path);
            yield return (path, mark, mark == "+" ? null : Text(before), mark == "-" ? null : Text(after));
        }
    }

    /// <summary>What a program or its user would know; the rest belongs to the engine.</summary>
    private static IEnumerable<KeyValuePair<string, PropertyValue>> Inputs(ResourceState state) =>
        state.Inputs.Where((name, _) => !name.StartsWith("__", StringComparison.Ordinal)).OrderBy(input => input.Key, StringComparer.Ordinal);

    private static string Text(PropertyValue? value)
    {
        var text = value is null ? "(none)" : value.ContainsUnknowns ? "[unknown]" : PropertyJson.ToJson(value, showSecrets: false)?.ToJsonString() ?? "null";
        return text.Length <= LongestValue ? text : text[..LongestValue] + "…";
    }

    private static string MarkOf(DiffKind kind) => kind switch
    {
        DiffKind.Add or DiffKind.AddReplace => "+",
        DiffKind.Delete or DiffKind.DeleteReplace => "-",
        _ => "~",
    };
}
