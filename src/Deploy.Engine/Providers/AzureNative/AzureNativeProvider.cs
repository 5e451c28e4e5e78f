using System.Text.Json.Nodes;
using Deploy.Azure.Arm;
using Deploy.Core;
using Deploy.Engine.Providers.AzureNative.Checking;
using Deploy.Engine.Providers.AzureNative.Conversion;
using Deploy.Engine.Providers.AzureNative.Operations;
using Deploy.Engine.Providers.AzureNative.Planning;
using Deploy.Engine.Values;

namespace Deploy.Engine.Providers.AzureNative;

/// <summary>The azure-native provider, version 3 behaviour, in this process.</summary>
internal sealed class AzureNativeProvider(ProviderMetadata metadata, AzureNativeConnect connect, AzureNativeProviderOptions options, TimeProvider timeProvider) : IResourceProvider
{
    private readonly PreviewOutputs _preview = new(metadata);
    private Connection? _connection;

    private Connection Connected => _connection ?? throw new InvalidOperationException("the provider is not configured");

    public async Task<ConfigureResponse> ConfigureAsync(ConfigureRequest request, CancellationToken cancellationToken)
    {
        var inputs = Plain.WithoutNulls(request.Inputs);
        var client = await connect(inputs, cancellationToken);
        var subscriptionId = inputs.Find("subscriptionId")?.AsString() is { Length: > 0 } configured ? configured : client.Session.SubscriptionId;
        var effective = inputs.Find("skipReadOnUpdate")?.AsString() is "true" or "1" ? options with { SkipReadOnUpdate = true } : options;
        var arm = new PatientArm(client, effective, timeProvider);
        _connection = new Connection
        {
            Operations = new ResourceOperations(metadata, arm, subscriptionId, effective),
            Functions = new Functions(metadata, client, subscriptionId),
            Locations = new GroupLocations(client, subscriptionId, inputs.Find("location")?.AsString()),
            SubscriptionId = subscriptionId,
        };
        return new ConfigureResponse { AcceptsSecrets = false, SupportsPreview = true };
    }

    public async Task<CheckResponse> CheckAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        var type = Type(request.Urn);
        var inputs = Plain.WithoutNulls(request.NewInputs);
        inputs = Autonaming.Apply(type.Autoname, request, inputs);
        if (!type.NoAutoLocation && type.Inputs.ContainsKey("location") && !inputs.ContainsKey("location") && await Connected.Locations.FindAsync(request.OldInputs, inputs, cancellationToken) is { } location)
        {
            inputs = inputs.With("location", location);
        }

        if (!inputs.ContainsKey("azureApiVersion"))
        {
            inputs = inputs.With("azureApiVersion", type.ApiVersion);
        }

        return new CheckResponse { Inputs = inputs, Failures = new InputValidation(metadata).Run(type, inputs) };
    }

    public Task<DiffResponse> DiffAsync(DiffRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new InputDiff(metadata).Run(Type(request.Urn), request));

    public Task<CreateResponse> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        var inputs = Plain.WithoutNulls(request.Inputs);
        var resource = ResourceContext.Create(request.Urn, Type(request.Urn), inputs);
        return request.Preview
            ? Task.FromResult(new CreateResponse { Id = string.Empty, Outputs = _preview.ForCreate(resource.Type, inputs) })
            : Connected.Operations.CreateAsync(resource, request with { Inputs = inputs }, cancellationToken);
    }

    public async Task<ReadResponse?> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        var resource = ResourceContext.Create(request.Urn, Type(request.Urn), request.Inputs, request.Outputs);
        if (await Connected.Operations.ReadAsync(resource, request.Id, cancellationToken) is not { } body)
        {
            return null;
        }

        var outputs = Connected.Operations.Outputs(resource, body);
        var inputs = request.Inputs.Count == 0 ? Imported(resource, request.Id, body) : Refreshed(resource, request, outputs);
        return new ReadResponse { Id = body["id"]?.ToString() ?? request.Id, Inputs = inputs, Outputs = outputs };
    }

    public Task<UpdateResponse> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        var inputs = Plain.WithoutNulls(request.NewInputs);
        var resource = ResourceContext.Create(request.Urn, Type(request.Urn), inputs);
        return request.Preview
            ? Task.FromResult(new UpdateResponse { Outputs = _preview.ForUpdate(resource.Type, inputs, Plain.WithoutNulls(request.OldOutputs)) })
            : Connected.Operations.UpdateAsync(resource, request with { NewInputs = inputs, OldInputs = Plain.WithoutNulls(request.OldInputs) }, cancellationToken);
    }

    public Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken)
    {
        var inputs = Plain.WithoutNulls(request.Inputs);
        var resource = ResourceContext.Create(request.Urn, Type(request.Urn), inputs, request.Outputs);
        return Connected.Operations.DeleteAsync(resource, request with { Inputs = inputs, Outputs = Plain.WithoutNulls(request.Outputs) }, cancellationToken);
    }

    public async Task<RecoverResponse?> RecoverAsync(RecoverRequest request, CancellationToken cancellationToken)
    {
        var inputs = Plain.WithoutNulls(request.Inputs);
        var resource = ResourceContext.Create(request.Urn, Type(request.Urn), inputs);
        var id = request.Id ?? resource.PathOf(inputs, Connected.SubscriptionId);
        var isDelete = request.Operation == InterruptedOperation.Delete;
        ArmOperationResult? ended = null;
        if (request.PollUrl is { } pollUrl)
        {
            ended = await Connected.Operations.ResumeAsync(resource, id, pollUrl, isDelete, request.Timeout, cancellationToken);
        }

        var body = await Connected.Operations.ReadAsync(resource, id, cancellationToken);
        if (body is not null && ended is null && Transition(body))
        {
            // Without an address the resource itself is asked until it is at rest.
            var self = new Uri(id, UriKind.Relative);
            ended = await Connected.Operations.ResumeAsync(resource, id, self, isDelete: false, request.Timeout, cancellationToken);
            body = await Connected.Operations.ReadAsync(resource, id, cancellationToken);
            ended = ended.IsSuccess ? null : ended;
        }

        return body is null ? null : new RecoverResponse
        {
            Id = body["id"]?.ToString() ?? id,
            Outputs = Connected.Operations.Outputs(resource, body),
            InitErrors = ended is { IsSuccess: false } ? [ended.ToDeployError($"{request.Operation.ToString().ToLowerInvariant()} {resource.Name}").ToString()] : [],
            Completed = ended is { IsSuccess: true },
        };
    }

    public async Task<InvokeResponse> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken) =>
        new() { Return = await Connected.Functions.InvokeAsync(request.Token, Plain.From(request.Args), cancellationToken) };

    private PropertyMap Imported(ResourceContext resource, string id, JsonObject body)
    {
        var parameters = ResourcePath.Parse(resource.Type.Path, id)
            ?? throw new DeployException(AzureNativeErrors.IncompleteId.With($"'{id}' is not an id of {resource.Urn.Type}: expected '{resource.Type.Path}'."));
        return new WireReader(metadata).ReadInputs(resource.Type, body).Merge(parameters).With("azureApiVersion", resource.ApiVersion);
    }

    private PropertyMap Refreshed(ResourceContext resource, ReadRequest request, PropertyMap outputs)
    {
        var shape = new InputShape(metadata);
        return RefreshProjection.Apply(request.Inputs, Judged(request.Outputs), Judged(outputs));

        // What the service fills by itself is no drift, unless the program has an opinion on it.
        PropertyMap Judged(PropertyMap values) => resource.Type.ServiceFilled.Where(name => !request.Inputs.ContainsKey(name))
            .Aggregate(shape.From(resource.Type, values), (shaped, name) => shaped.Without(name));
    }

    private static bool Transition(JsonObject body) =>
        (body["properties"] as JsonObject)?["provisioningState"]?.ToString() is { } state && state is not ("Succeeded" or "Failed" or "Canceled");

    private ResourceMetadata Type(Urn urn) => metadata.Resources.GetValueOrDefault(urn.Type)
        ?? throw new DeployException(AzureNativeErrors.UnknownType.With($"'{urn.Type}' is not a type of azure-native {metadata.Version} in this build."));

    private sealed record Connection
    {
        public required ResourceOperations Operations { get; init; }

        public required Functions Functions { get; init; }

        public required GroupLocations Locations { get; init; }

        public required string SubscriptionId { get; init; }
    }
}
