using Deploy.Core;
using YamlDotNet.Core;

namespace Deploy.Environments.Reading;

/// <summary>Reads <c>Pulumi.&lt;stack&gt;.yaml</c>, keeping the place of everything.</summary>
public static class StackFileReader
{
    // The keys that Pulumi's own stack files have.
    private static readonly string[] TopLevelKeys = ["config", "encryptionsalt", "secretsprovider", "encryptedkey", "environment"];

    /// <summary>Reads the text of a stack file.</summary>
    /// <param name="text">The whole file; empty means no configuration.</param>
    /// <param name="file">The file as faults name it: <c>stacks/Pulumi.dev.yaml</c>.</param>
    /// <param name="stack">The stack it belongs to.</param>
    public static SettingsReading Read(string text, string file, StackName stack)
    {
        try
        {
            return Document(new YamlTree(file).Read(text), file, stack);
        }
        catch (YamlException fault)
        {
            return Failed(YamlTree.MarkOf(file, fault.Start), $"not well-formed YAML: {YamlTree.MessageOf(fault)}.");
        }
    }

    private static SettingsReading Document(SettingsNode? root, string file, StackName stack)
    {
        var start = new SourceMark(file, 1, 1);
        if (root is null or ScalarNode { Kind: ScalarKind.Null })
        {
            return Succeeded(stack, file, new MappingNode(start, []), []);
        }

        if (root is not MappingNode mapping)
        {
            return Failed(root.Mark, "a settings file is a mapping with the key 'config'.");
        }

        var faults = mapping.Entries.Where(entry => !TopLevelKeys.Contains(entry.Key, StringComparer.Ordinal)).Select(UnknownTopLevel).ToArray();
        var config = mapping.Entries.FirstOrDefault(entry => entry.Key == "config");
        return config?.Value switch
        {
            null or ScalarNode { Kind: ScalarKind.Null } => Succeeded(stack, file, new MappingNode(config?.KeyMark ?? start, []), faults),
            MappingNode entries => Succeeded(stack, file, entries, faults),
            var other => Failed(other.Mark, "'config' must be a mapping of keys such as 'phi:projects'."),
        };
    }

    private static DeployError UnknownTopLevel(MappingEntry entry)
    {
        var nearest = entry.Key.Contains(':', StringComparison.Ordinal) ? null : Spelling.Nearest(entry.Key, TopLevelKeys);
        return SettingsErrors.UnknownKey.With(
            $"{entry.KeyMark}: unknown key '{entry.Key}' at the top level of the file.",
            nearest is null ? $"Settings stand below 'config'; move '{entry.Key}' there or remove it." : $"Did you mean '{nearest}'?");
    }

    private static SettingsReading Succeeded(StackName stack, string file, MappingNode config, IReadOnlyList<DeployError> faults) =>
        new() { Tree = new SettingsTree { Stack = stack, File = file, Config = config }, Faults = faults };

    private static SettingsReading Failed(SourceMark? mark, string message) => new() { Faults = [SettingsErrors.Unreadable.With($"{mark}: {message}")] };
}
