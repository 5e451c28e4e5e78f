namespace Deploy.Engine.Providers;

/// <summary>
/// A resource provider in this process, shaped like the official provider protocol. One instance serves one provider resource (default or explicit) and is
/// configured once before anything else; afterwards the engine calls it concurrently for different resources. <b>Expected faults</b> are thrown as
/// <see cref="Deploy.Core.DeployException"/>; cancellation is thrown as it is. Inputs and outputs keep the shape of the official provider of the same package.
/// </summary>
public interface IResourceProvider
{
    /// <summary>Receives the provider's configuration and says what the provider can do.</summary>
    Task<ConfigureResponse> ConfigureAsync(ConfigureRequest request, CancellationToken cancellationToken);

    /// <summary>Checks a resource's inputs and completes them (names, defaults). Must not touch anything. All faults at once.</summary>
    Task<CheckResponse> CheckAsync(CheckRequest request, CancellationToken cancellationToken);

    /// <summary>Compares what exists with what is wanted. Must not touch anything.</summary>
    Task<DiffResponse> DiffAsync(DiffRequest request, CancellationToken cancellationToken);

    /// <summary>Creates the resource, and returns when it is usable. With <see cref="CreateRequest.Preview"/> nothing is touched and the outputs hold unknowns.</summary>
    Task<CreateResponse> CreateAsync(CreateRequest request, CancellationToken cancellationToken);

    /// <summary>Reads a resource; null when it does not exist.</summary>
    Task<ReadResponse?> ReadAsync(ReadRequest request, CancellationToken cancellationToken);

    /// <summary>Changes the resource in place. With <see cref="UpdateRequest.Preview"/> nothing is touched.</summary>
    Task<UpdateResponse> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken);

    /// <summary>Deletes the resource, and returns when it is gone. A resource that is gone already is a success.</summary>
    Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Finds out how an operation ended whose run was killed: waits for <see cref="RecoverRequest.PollUrl"/> when it is known, else for a
    /// provisioning state that is not a transition, and reads the resource; null when it does not exist. Nothing is changed.
    /// </summary>
    Task<RecoverResponse?> RecoverAsync(RecoverRequest request, CancellationToken cancellationToken);

    /// <summary>Calls a provider function. A token that is not known is an error that names it.</summary>
    Task<InvokeResponse> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken);
}
