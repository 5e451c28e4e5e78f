using Deploy.Core;
using Deploy.Engine;
using Deploy.Engine.Providers;
using Deploy.Engine.Values;

namespace Bench.Engine;

/// <summary>A provider that does nothing, at once: what is left is the engine.</summary>
internal sealed class MemoryProvider : IResourceProvider, IProviderFactory
{
    public string Package => "bench";

    public string Version => "1.0.0";

    public IResourceProvider Create() => this;

    public Task<ConfigureResponse> ConfigureAsync(ConfigureRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new ConfigureResponse { AcceptsSecrets = false, SupportsPreview = true });

    public Task<CheckResponse> CheckAsync(CheckRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new CheckResponse { Inputs = request.NewInputs });

    public Task<CreateResponse> CreateAsync(CreateRequest request, CancellationToken cancellationToken) => Task.FromResult(new CreateResponse
    {
        Id = $"id-{request.Urn.Name}",
        Outputs = request.Inputs.With("address", $"https://{request.Urn.Name}.bench.test"),
    });

    public Task<DiffResponse> DiffAsync(DiffRequest request, CancellationToken cancellationToken) => throw Unused("diff");

    public Task<ReadResponse?> ReadAsync(ReadRequest request, CancellationToken cancellationToken) => throw Unused("read");

    public Task<UpdateResponse> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken) => throw Unused("update");

    public Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken) => throw Unused("delete");

    public Task<RecoverResponse?> RecoverAsync(RecoverRequest request, CancellationToken cancellationToken) => throw Unused("recover");

    public Task<InvokeResponse> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken) => throw Unused("invoke");

    private static DeployException Unused(string operation) => new(EngineErrors.Internal.With($"a first update calls no {operation}"));
}
