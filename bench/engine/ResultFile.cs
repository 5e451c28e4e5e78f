using System.Globalization;
using System.Runtime.InteropServices;

namespace Bench.Engine;

/// <summary>A measurement that is kept: numbers without their machine say nothing.</summary>
internal static class ResultFile
{
    public static void Write(string name, string report)
    {
        var path = Places.Result(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var machine = string.Create(
            CultureInfo.InvariantCulture,
            $"{DateTime.UtcNow:yyyy-MM-dd}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSArchitecture}, {RuntimeInformation.FrameworkDescription}. Medians.");
        File.WriteAllText(path, $"# {Path.GetFileNameWithoutExtension(name)}\n\nWritten by `bench/`, never by hand. {machine}\n\n{report}\n");
    }
}
