using System.Text.Json.Nodes;
using Deploy.Azure.Arm;
using Deploy.Core;
using Deploy.Engine.Providers.AzureNative.Conversion;
using Deploy.Engine.Values;

namespace Deploy.Engine.Providers.AzureNative.Operations;

/// <summary>Creates, changes, reads and deletes resources in Azure.</summary>
internal sealed class ResourceOperations(ProviderMetadata metadata, PatientArm arm, string subscriptionId, AzureNativeProviderOptions options)
{
    private readonly WireWriter _writer = new(metadata);
    private readonly WireReader _reader = new(metadata);

    public async Task<CreateResponse> CreateAsync(ResourceContext resource, CreateRequest request, CancellationToken cancellationToken)
    {
        var path = resource.PathOf(request.Inputs, subscriptionId);
        if (!request.MayExist)
        {
            await RequireAbsentAsync(resource, path, cancellationToken);
        }

        var body = _writer.Write(resource.Type, request.Inputs, null);
        foreach (var list in resource.Type.MaintainIfUnset ?? [])
        {
            WirePath.SetIfAbsent(body, list, static () => new JsonArray());
        }

        var outcome = await WriteAsync(resource, path, body, request.Timeout, request.OnAccepted, "create", cancellationToken);
        return new CreateResponse { Id = outcome.Id, Outputs = outcome.Outputs, InitErrors = outcome.InitErrors };
    }

    public async Task<UpdateResponse> UpdateAsync(ResourceContext resource, UpdateRequest request, CancellationToken cancellationToken)
    {
        var inputs = RestoreDefaults(resource.Type, request.OldInputs, request.NewInputs);
        var body = _writer.Write(resource.Type, inputs, request.OldInputs);
        await KeepForeignListsAsync(resource, request.Id, body, cancellationToken);
        var outcome = await WriteAsync(resource, request.Id, body, request.Timeout, request.OnAccepted, "update", cancellationToken);
        return new UpdateResponse { Outputs = outcome.Outputs, InitErrors = outcome.InitErrors };
    }

    /// <summary>The resource's body; null when it does not exist.</summary>
    public async Task<JsonObject?> ReadAsync(ResourceContext resource, string id, CancellationToken cancellationToken)
    {
        var response = await arm.Client.SendAsync(ArmRequest.Get(id, resource.ApiVersion), cancellationToken);
        if (response.Status == 404)
        {
            return null;
        }

        if (!response.IsSuccess)
        {
            throw new DeployException(response.ToDeployError($"read {resource.Name}"));
        }

        return response.Body as JsonObject
            ?? throw new DeployException(AzureNativeErrors.UnexpectedBody.With($"read {resource.Name}: the answer (HTTP {response.Status}) is not an object.", correlationId: response.CorrelationId));
    }

    public PropertyMap Outputs(ResourceContext resource, JsonObject body) => _reader.ReadResource(resource.Type, body, resource.ApiVersion);

    public async Task DeleteAsync(ResourceContext resource, DeleteRequest request, CancellationToken cancellationToken)
    {
        var delete = ArmRequest.Delete(request.Id, resource.ApiVersion);
        if (options.PurgeSoftDeleted && resource.Type.Purge?.Query is { } query)
        {
            delete = delete with { Query = new Dictionary<string, string> { [query] = "true" } };
        }

        var result = await arm.RunAsync(delete, Operation(resource.Type.DeleteAsyncStyle, request.Timeout, request.OnAccepted), cancellationToken);
        if (!result.IsSuccess && result.Response.Status != 404)
        {
            throw new DeployException(result.ToDeployError($"delete {resource.Name}"));
        }

        if (options.PurgeSoftDeleted && resource.Type.Purge is { Path: { } template } purge)
        {
            await PurgeAsync(resource, purge, template, request, cancellationToken);
        }
    }

    /// <summary>Follows an operation that an earlier process started.</summary>
    public Task<ArmOperationResult> ResumeAsync(ResourceContext resource, string id, Uri pollUrl, bool isDelete, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var request = isDelete ? ArmRequest.Delete(id, resource.ApiVersion) : ArmRequest.Put(id, resource.ApiVersion, new JsonObject());
        return arm.Client.RunAsync(request, new ArmOperationOptions { Timeout = timeout ?? options.Timeout, ResumeFrom = pollUrl }, cancellationToken);
    }

    private async Task RequireAbsentAsync(ResourceContext resource, string path, CancellationToken cancellationToken)
    {
        var response = await arm.Client.SendAsync(ArmRequest.Get(path, resource.ApiVersion), cancellationToken);
        switch (response.Status)
        {
            case 404 or 204:
                return;
            case 200 when response.Body is JsonObject { Count: > 0 }:
                throw new DeployException(AzureNativeErrors.AlreadyExists.With($"cannot create already existing resource '{path}'"));
            case 200:
                return;
            case 401 or 403:
                throw new DeployException(response.ToDeployError($"check existence of {resource.Name}"));
            default:
                throw new DeployException(AzureNativeErrors.ExistenceUnclear.With(
                    $"cannot check existence of resource '{path}': status code {response.Status}", detail: response.Error?.Message, correlationId: response.CorrelationId));
        }
    }

    private async Task<WriteOutcome> WriteAsync(
        ResourceContext resource, string path, JsonObject body, TimeSpan? timeout, OperationAccepted accepted, string verb, CancellationToken cancellationToken)
    {
        var put = ArmRequest.Put(path, resource.ApiVersion, body);
        var result = await arm.RunAsync(put, Operation(resource.Type.PutAsyncStyle, timeout, accepted), cancellationToken);
        if (result.Status == ArmOperationStatus.Rejected)
        {
            throw new DeployException(result.ToDeployError($"{verb} {resource.Name}"));
        }

        if (!result.IsSuccess)
        {
            return await PartialAsync(resource, path, result, verb, cancellationToken);
        }

        var answer = result.Response.Body as JsonObject;
        var state = options.SkipReadOnUpdate && answer?["id"] is not null ? answer : await ReadAsync(resource, path, cancellationToken) ?? answer;
        return state is null
            ? throw new DeployException(AzureNativeErrors.UnexpectedBody.With($"{verb} {resource.Name}: Azure accepted it, but the resource cannot be read."))
            : new WriteOutcome(state["id"]?.ToString() ?? path, Outputs(resource, state), []);
    }

    /// <summary>The service accepted the request and then failed: what exists is kept, so that the next run can bring it to the wanted state.</summary>
    private async Task<WriteOutcome> PartialAsync(ResourceContext resource, string path, ArmOperationResult result, string verb, CancellationToken cancellationToken)
    {
        var error = result.ToDeployError($"{verb} {resource.Name}");
        var state = await ReadAsync(resource, path, cancellationToken);
        return state is null
            ? throw new DeployException(error)
            : new WriteOutcome(state["id"]?.ToString() ?? path, Outputs(resource, state), [error.Detail is null ? error.ToString() : $"{error}\n{error.Detail}"]);
    }

    private async Task KeepForeignListsAsync(ResourceContext resource, string id, JsonObject body, CancellationToken cancellationToken)
    {
        var unset = (resource.Type.MaintainIfUnset ?? []).Where(list => WirePath.Get(body, list) is null).ToList();
        if (unset.Count == 0 || await ReadAsync(resource, id, cancellationToken) is not { } present)
        {
            return;
        }

        foreach (var list in unset)
        {
            WirePath.SetIfAbsent(body, list, () => WirePath.Get(present, list)?.DeepClone() ?? new JsonArray());
        }
    }

    private async Task PurgeAsync(ResourceContext resource, PurgeMetadata purge, string template, DeleteRequest request, CancellationToken cancellationToken)
    {
        var values = request.Inputs.Find("location") is null && request.Outputs.Find("location") is { } location ? request.Inputs.With("location", location) : request.Inputs;
        var path = ResourcePath.Fill(template, values, subscriptionId)
            ?? throw new DeployException(AzureNativeErrors.IncompleteId.With($"{resource.Name}: a part of '{template}' is missing in its state."));
        var ask = purge.Verb == "DELETE" ? ArmRequest.Delete(path, resource.ApiVersion) : ArmRequest.Post(path, resource.ApiVersion);
        var result = await arm.RunAsync(ask, Operation(null, request.Timeout, static _ => Task.CompletedTask), cancellationToken);
        // 404: it was not kept, or somebody else purged it.
        if (!result.IsSuccess && result.Response.Status != 404)
        {
            throw new DeployException(result.ToDeployError($"purge deleted {resource.Name}"));
        }
    }

    private ArmOperationOptions Operation(string? style, TimeSpan? timeout, OperationAccepted accepted) => new()
    {
        Style = style switch
        {
            "azure-async-operation" => ArmOperationStyle.AzureAsyncOperation,
            "location" => ArmOperationStyle.Location,
            _ => ArmOperationStyle.Automatic,
        },
        Timeout = timeout ?? options.Timeout,
        Accepted = (address, _) => accepted(address),
    };

    private static PropertyMap RestoreDefaults(ResourceMetadata type, PropertyMap old, PropertyMap @new)
    {
        foreach (var (name, value) in type.Defaults ?? new Dictionary<string, JsonNode>())
        {
            if (old.ContainsKey(name) && !@new.ContainsKey(name))
            {
                @new = @new.With(name, PropertyJson.FromJson(value));
            }
        }

        return @new;
    }

    private sealed record WriteOutcome(string Id, PropertyMap Outputs, IReadOnlyList<string> InitErrors);
}
