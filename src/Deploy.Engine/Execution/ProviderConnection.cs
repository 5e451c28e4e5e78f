using System.Security.Cryptography;
using Deploy.Engine.Planning;
using Deploy.Engine.Providers;
using Deploy.Engine.State;
using Deploy.Engine.Values;

namespace Deploy.Engine.Execution;

/// <summary>
/// A configured provider as the rest of the engine calls it: takes secrets off on the way in and puts their marks back on the way out, and stands in for
/// providers that cannot be asked in a preview.
/// </summary>
/// <param name="provider">Null when its configuration is not known yet.</param>
/// <param name="traits">What it answered when it was configured.</param>
/// <param name="preview">Whether nothing may be touched.</param>
internal sealed class ProviderConnection(IResourceProvider? provider, ConfigureResponse traits, bool preview)
{
    private const int SeedBytes = 32;

    public async Task<CheckResponse> CheckAsync(Urn urn, PropertyMap oldInputs, PropertyMap newInputs, CancellationToken cancellationToken)
    {
        if (provider is null)
        {
            return new() { Inputs = newInputs };
        }

        var request = new CheckRequest
        {
            Urn = urn,
            OldInputs = Send(oldInputs),
            NewInputs = Send(newInputs),
            RandomSeed = RandomNumberGenerator.GetBytes(SeedBytes),
            Preview = preview,
        };
        var response = await provider.CheckAsync(request, cancellationToken);
        return response with { Inputs = SecretMarks.Annotate(response.Inputs, newInputs) };
    }

    public async Task<DiffResponse> DiffAsync(ResourceState old, PropertyMap newInputs, IReadOnlyList<string> ignoreChanges, CancellationToken cancellationToken)
    {
        var response = provider is null ? new DiffResponse { Changes = DiffChanges.Unknown } : await provider.DiffAsync(new()
        {
            Urn = old.Urn,
            Id = old.Id,
            OldInputs = Send(old.Inputs),
            OldOutputs = Send(old.Outputs),
            NewInputs = Send(newInputs),
            IgnoreChanges = ignoreChanges,
        }, cancellationToken);
        return response.Changes == DiffChanges.Unknown ? ValueDiffer.Compare(old.Inputs, newInputs) : response;
    }

    public async Task<CreateResponse> CreateAsync(ResourceState state, bool mayExist, OperationAccepted onAccepted, CancellationToken cancellationToken)
    {
        if (CannotPreview)
        {
            return new() { Id = "", Outputs = state.Inputs };
        }

        var response = await provider!.CreateAsync(new()
        {
            Urn = state.Urn,
            Inputs = Send(state.Inputs),
            Preview = preview,
            Timeout = state.Timeouts.Create,
            MayExist = mayExist,
            OnAccepted = onAccepted,
        }, cancellationToken);
        return response with { Outputs = Receive(response.Outputs, state) };
    }

    public async Task<UpdateResponse> UpdateAsync(ResourceState old, ResourceState state, OperationAccepted onAccepted, CancellationToken cancellationToken)
    {
        if (CannotPreview)
        {
            return new() { Outputs = old.Outputs.Merge(state.Inputs) };
        }

        var response = await provider!.UpdateAsync(new()
        {
            Urn = state.Urn,
            Id = old.Id,
            OldInputs = Send(old.Inputs),
            OldOutputs = Send(old.Outputs),
            NewInputs = Send(state.Inputs),
            IgnoreChanges = state.IgnoreChanges,
            Preview = preview,
            Timeout = state.Timeouts.Update,
            OnAccepted = onAccepted,
        }, cancellationToken);
        return response with { Outputs = Receive(response.Outputs, state) };
    }

    public Task DeleteAsync(ResourceState old, OperationAccepted onAccepted, CancellationToken cancellationToken) => Required(old.Urn).DeleteAsync(new()
    {
        Urn = old.Urn,
        Id = old.Id,
        Inputs = Send(old.Inputs),
        Outputs = Send(old.Outputs),
        Timeout = old.Timeouts.Delete,
        OnAccepted = onAccepted,
    }, cancellationToken);

    /// <summary>Reads a resource of which the program knows the id and maybe some inputs; null when it does not exist.</summary>
    public async Task<ReadResponse?> ReadAsync(ResourceState state, CancellationToken cancellationToken)
    {
        if (provider is null)
        {
            return new() { Id = state.Id, Inputs = state.Inputs, Outputs = state.Inputs };
        }

        var response = await provider.ReadAsync(new() { Urn = state.Urn, Id = state.Id, Inputs = Send(state.Inputs), Outputs = Send(state.Outputs) }, cancellationToken);
        return response is null ? null : response with { Inputs = SecretMarks.Annotate(response.Inputs, state.Inputs), Outputs = Receive(response.Outputs, state) };
    }

    public async Task<RecoverResponse?> RecoverAsync(PendingOperation pending, InterruptedOperation operation, CancellationToken cancellationToken)
    {
        var state = pending.Resource;
        var response = await Required(state.Urn).RecoverAsync(new()
        {
            Urn = state.Urn,
            Operation = operation,
            Id = state.Id.Length == 0 ? null : state.Id,
            Inputs = Send(state.Inputs),
            PollUrl = pending.PollUrl,
            Timeout = operation switch
            {
                InterruptedOperation.Create => state.Timeouts.Create,
                InterruptedOperation.Update => state.Timeouts.Update,
                _ => state.Timeouts.Delete,
            },
        }, cancellationToken);
        return response is null ? null : response with { Outputs = Receive(response.Outputs, state) };
    }

    /// <summary>Calls a function; null when the provider cannot be asked yet.</summary>
    public async Task<InvokeResponse?> InvokeAsync(string token, PropertyMap args, CancellationToken cancellationToken) => provider is null
        ? null
        : await provider.InvokeAsync(new() { Token = token, Args = traits.AcceptsSecrets ? args : args.WithoutSecrets(), Preview = preview }, cancellationToken);

    private bool CannotPreview => provider is null || (preview && !traits.SupportsPreview);

    private IResourceProvider Required(Urn urn) =>
        provider ?? throw new Deploy.Core.DeployException(EngineErrors.ProviderUnknown.With($"the provider of {urn} is not configured"));

    private PropertyMap Send(PropertyMap map) => traits.AcceptsSecrets ? map : map.WithoutSecrets();

    private PropertyMap Receive(PropertyMap outputs, ResourceState state) =>
        SecretMarks.Add(traits.AcceptsSecrets ? outputs : SecretMarks.Annotate(outputs, state.Inputs), state.AdditionalSecretOutputs);
}
