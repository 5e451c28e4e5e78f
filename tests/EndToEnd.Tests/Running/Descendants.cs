using System.Globalization;

namespace EndToEnd.Tests.Running;

/// <summary>Every process that a sandbox started, directly or not: known by a variable that it inherits, because a killed parent no longer names its children.</summary>
internal static class Descendants
{
    public const string Variable = "DEPLOY_E2E_SANDBOX";

    /// <summary>The processes alive now, each with its command line. Empty where the system has no <c>/proc</c>.</summary>
    public static IReadOnlyDictionary<int, string> Of(string marker)
    {
        var found = new Dictionary<int, string>();
        if (!OperatingSystem.IsLinux())
        {
            return found;
        }

        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && Read(folder, "environ").Split('\0').Contains($"{Variable}={marker}", StringComparer.Ordinal))
            {
                found[id] = Read(folder, "cmdline").Replace('\0', ' ').Trim();
            }
        }

        return found;
    }

    /// <summary>Empty for a process that has ended meanwhile, or that belongs to somebody else.</summary>
    private static string Read(string folder, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
