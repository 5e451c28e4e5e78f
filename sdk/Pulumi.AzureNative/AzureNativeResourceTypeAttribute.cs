namespace Pulumi.AzureNative;

/// <summary>Marks a resource class of this package with its type token.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class AzureNativeResourceTypeAttribute(string type) : ResourceTypeAttribute(type, Utilities.Version);
