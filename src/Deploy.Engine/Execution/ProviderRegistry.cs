using System.Collections.Concurrent;
using Deploy.Core;
using Deploy.Engine.Providers;
using Deploy.Engine.State;

namespace Deploy.Engine.Execution;

/// <summary>The providers of a run by their reference; each is made and configured when it is first needed.</summary>
internal sealed class ProviderRegistry
{
    private readonly Dictionary<string, IProviderFactory> _factories;
    private readonly bool _preview;
    private readonly ConcurrentDictionary<string, Lazy<Task<ProviderConnection>>> _connections = new(StringComparer.Ordinal);

    private readonly CancellationToken _abort;

    public ProviderRegistry(IEnumerable<IProviderFactory> factories, bool preview, CancellationToken abort)
    {
        _abort = abort;
        _factories = factories.ToDictionary(factory => factory.Package, StringComparer.Ordinal);
        _preview = preview;
        ForProviders = new(new ProviderResources(), ProviderResources.Traits, preview);
    }

    /// <summary>The provider of provider resources.</summary>
    public ProviderConnection ForProviders { get; }

    /// <summary>The factory of a package.</summary>
    /// <exception cref="DeployException">There is none.</exception>
    public IProviderFactory Factory(string package) => _factories.GetValueOrDefault(package) ?? throw new DeployException(EngineErrors.ProviderUnknown.With(
        $"the embedded engine has no provider for the package '{package}'; it has: {string.Join(", ", _factories.Keys.Order(StringComparer.Ordinal))}",
        "Use --engine pulumi for programs that need other packages."));

    /// <summary>Makes a provider known, or gives it other inputs.</summary>
    public void Register(ResourceState state) =>
        _connections[new ProviderReference(state.Urn, state.Id).ToString()] = new(() => ConnectAsync(state));

    /// <summary>The provider of a reference.</summary>
    /// <exception cref="DeployException">There is no such provider.</exception>
    public Task<ProviderConnection> GetAsync(string reference) => _connections.TryGetValue(reference, out var connection)
        ? connection.Value
        : throw new DeployException(EngineErrors.InvalidRegistration.With($"the provider '{reference}' is not registered"));

    private async Task<ProviderConnection> ConnectAsync(ResourceState state)
    {
        var factory = Factory(ProviderReference.PackageOf(state.Urn)!);
        if (state.Inputs.ContainsUnknowns)
        {
            return new(null, new() { AcceptsSecrets = true, SupportsPreview = false }, _preview);
        }

        var provider = factory.Create();
        var request = new ConfigureRequest { Urn = state.Urn, Inputs = ProviderInputs.ToConfiguration(state.Inputs), Preview = _preview };
        return new(provider, await provider.ConfigureAsync(request, _abort), _preview);
    }
}
