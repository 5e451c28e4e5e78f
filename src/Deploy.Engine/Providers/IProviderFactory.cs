namespace Deploy.Engine.Providers;

/// <summary>Makes providers of one package.</summary>
public interface IProviderFactory
{
    /// <summary>The package, the first part of its type tokens, such as <c>azure-native</c>.</summary>
    string Package { get; }

    /// <summary>The version recorded in state when a program names none.</summary>
    string Version { get; }

    /// <summary>Makes an instance for one provider resource; it is configured next.</summary>
    IResourceProvider Create();
}
