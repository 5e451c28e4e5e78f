namespace Pulumi;

/// <summary>Ties a resource class to its type token, so that a reference to such a resource can be turned back into an object.</summary>
/// <param name="type">Type token, e.g. <c>azure-native:resources:ResourceGroup</c>.</param>
/// <param name="version">Version of the package; null means any.</param>
[AttributeUsage(AttributeTargets.Class)]
public class ResourceTypeAttribute(string type, string? version) : Attribute
{
    /// <summary>Type token, e.g. <c>azure-native:resources:ResourceGroup</c>.</summary>
    public string Type { get; } = type;

    /// <summary>Version of the package; null means any.</summary>
    public string? Version { get; } = version;
}
