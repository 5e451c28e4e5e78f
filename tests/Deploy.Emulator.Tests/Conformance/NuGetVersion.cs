using System.Reflection;

namespace Deploy.Emulator.Tests.Conformance;

/// <summary>A client as evidence names it: <c>Azure.Identity@1.21.0</c>.</summary>
internal static class NuGetVersion
{
    public static string Of(string package)
    {
        var version = Assembly.Load(package).GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        return $"{package}@{version.Split('+')[0]}";
    }
}
