namespace Deploy.ArmTypes;

/// <summary>Microsoft's type definitions of Azure Resource Manager, loaded on first use (about 0.4 s). Thread-safe; keep one per process.</summary>
public sealed class ArmTypeIndex
{
    /// <summary>Finds one type at one api-version, both without regard to case; null when the definitions do not have it.</summary>
    /// <param name="type">For instance <c>Microsoft.MachineLearningServices/workspaces/serverlessEndpoints</c>.</param>
    /// <param name="apiVersion">For instance <c>2024-10-01</c>.</param>
    public ArmResourceType? Find(string type, string apiVersion) => throw new NotSupportedException();

    /// <summary>The api-versions of a type, oldest first; empty when the type is unknown.</summary>
    public IReadOnlyList<string> ApiVersions(string type) => throw new NotSupportedException();

    /// <summary>The types of one provider namespace in their canonical spelling, sorted; empty when the namespace is unknown.</summary>
    public IReadOnlyList<string> TypesOf(string providerNamespace) => throw new NotSupportedException();

    /// <summary>All provider namespaces in their canonical spelling, sorted.</summary>
    public IReadOnlyList<string> Namespaces() => throw new NotSupportedException();
}
