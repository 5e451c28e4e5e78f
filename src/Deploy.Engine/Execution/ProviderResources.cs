using Deploy.Engine.Providers;
using Deploy.Engine.Values;

namespace Deploy.Engine.Execution;

/// <summary>The provider of provider resources: they live in state only, and an id is all they get.</summary>
internal sealed class ProviderResources : IResourceProvider
{
    public static ConfigureResponse Traits { get; } = new() { AcceptsSecrets = true, SupportsPreview = true };

    public Task<ConfigureResponse> ConfigureAsync(ConfigureRequest request, CancellationToken cancellationToken) => Task.FromResult(Traits);

    public Task<CheckResponse> CheckAsync(CheckRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new CheckResponse { Inputs = request.NewInputs });

    public Task<DiffResponse> DiffAsync(DiffRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new DiffResponse { Changes = DiffChanges.Unknown });

    public Task<CreateResponse> CreateAsync(CreateRequest request, CancellationToken cancellationToken) => Task.FromResult(new CreateResponse
    {
        Id = request.Preview ? ValueSignatures.Unknown : Guid.NewGuid().ToString(),
        Outputs = request.Inputs.Without(ProviderInputs.InternalKey),
    });

    public Task<ReadResponse?> ReadAsync(ReadRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<ReadResponse?>(new() { Id = request.Id, Inputs = request.Inputs, Outputs = request.Outputs });

    public Task<UpdateResponse> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new UpdateResponse { Outputs = request.NewInputs.Without(ProviderInputs.InternalKey) });

    public Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<RecoverResponse?> RecoverAsync(RecoverRequest request, CancellationToken cancellationToken) => Task.FromResult<RecoverResponse?>(null);

    public Task<InvokeResponse> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("provider resources have no functions");
}
