namespace Pulumi.AzureNative;

internal static class Utilities
{
    /// <summary>The provider version that every resource and invoke asks for.</summary>
    public static string Version => PackageVersion.Value;

    public static InvokeOptions WithDefaults(this InvokeOptions? options)
    {
        var result = options ?? new InvokeOptions();
        result.Version ??= Version;
        return result;
    }

    public static InvokeOutputOptions WithDefaults(this InvokeOutputOptions? options)
    {
        var result = options ?? new InvokeOutputOptions();
        result.Version ??= Version;
        return result;
    }
}
