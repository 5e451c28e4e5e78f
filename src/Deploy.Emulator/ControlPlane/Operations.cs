using System.Globalization;
using System.Text.Json.Nodes;
using Deploy.Emulator.ControlPlane.LongRunning;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane;

/// <summary>Starts, ends and shows asynchronous operations. They end when they are due and the next request looks, so they survive a restart.</summary>
internal sealed class Operations(Cloud cloud, Behaviours behaviours, Deletion deletion)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    private readonly Dictionary<string, OperationFailure> _failures = new(StringComparer.Ordinal);

    private static readonly string[] StatusSegments = ["mfeOperationsStatus", "mfeOperationResults", "workspaceOperationsStatus", "operationStatuses", "operationResults", "asyncoperations"];

    public static bool IsPoll(ArmPath path) =>
        path is { Namespace: not null, Trailing: null, Pairs: [{ } first, { } second] }
        && first.Type.Equals("locations", StringComparison.OrdinalIgnoreCase)
        && StatusSegments.Contains(second.Type, StringComparer.OrdinalIgnoreCase);

    public void SettleDue()
    {
        foreach (var operation in cloud.Store.DueOperations(cloud.Now))
        {
            if (_failures.ContainsKey(operation.Id))
            {
                Fail(operation);
            }
            else if (operation.Kind == OperationKind.Delete)
            {
                deletion.Remove(operation.ResourceKey, operation.Purges);
            }
            else if (operation.Kind == OperationKind.Write && cloud.Store.Get(operation.ResourceKey) is { } resource)
            {
                Settle(resource);
            }

            cloud.Store.Put(operation with { Status = Failure(operation) is null ? "Succeeded" : "Failed" });
        }
    }

    public StoredOperation Start(OperationKind kind, string resourceKey, bool purges = false)
    {
        var outcome = cloud.Script?.For(kind, cloud.Store.Get(resourceKey)?.Type ?? "", resourceKey.ToLowerInvariant()) ?? new OperationOutcome();
        var operation = new StoredOperation
        {
            Id = Guid.NewGuid().ToString(),
            Kind = kind,
            ResourceKey = resourceKey.ToLowerInvariant(),
            StartedAt = cloud.Now,
            EndsAt = outcome.Stalls ? DateTimeOffset.MaxValue : cloud.Now + (outcome.Delay ?? cloud.Options.OperationDelay),
            Status = "InProgress",
            Purges = purges,
        };
        cloud.Store.ForgetOperations(cloud.Now - KeptFor);
        cloud.Store.Put(operation);
        if (outcome.Failure is { } failure)
        {
            _failures[operation.Id] = failure;
        }

        return operation;
    }

    /// <summary>Adds the headers by which a client follows the operation.</summary>
    public ArmResponse Announce(ArmResponse response, StoredOperation operation, AsyncStyle style, string type, string location, string apiVersion)
    {
        var header = style == AsyncStyle.Location ? "Location" : "Azure-AsyncOperation";
        return response
            .With(header, Url(operation, style, type, location, apiVersion))
            .With("Retry-After", RetryAfter(operation))
            .With("retry-after-ms", RetryAfterMilliseconds(operation))
            .With("x-ms-async-operation-timeout", "PT1H")
            .AsWrite();
    }

    public ArmResponse Poll(string operationId, bool isStatus, Func<StoredResource, JsonObject> present, string ownUrl)
    {
        if (cloud.Store.Operation(operationId) is not { } operation)
        {
            return ArmErrors.Error(404, "OperationNotFound", $"The operation '{operationId}' was not found.");
        }

        return isStatus ? Status(operation) : Result(operation, present, ownUrl);
    }

    private ArmResponse Status(StoredOperation operation)
    {
        var isOver = operation.Status != "InProgress";
        var body = new JsonObject
        {
            ["id"] = operation.ResourceKey,
            ["name"] = operation.Id,
            ["status"] = operation.Status,
            ["startTime"] = Cloud.Iso(operation.StartedAt),
            ["percentComplete"] = isOver ? 100 : Math.Clamp(100 * (cloud.Now - operation.StartedAt) / Positive(operation.EndsAt - operation.StartedAt), 0, 99),
        };
        if (isOver)
        {
            body["endTime"] = Cloud.Iso(operation.EndsAt);
            if (operation.Status == "Failed")
            {
                body["error"] = Failure(operation)?.DeepClone();
            }

            return ArmResponse.Ok(body);
        }

        return ArmResponse.Ok(body).With("Retry-After", RetryAfter(operation)).With("retry-after-ms", RetryAfterMilliseconds(operation));
    }

    private ArmResponse Result(StoredOperation operation, Func<StoredResource, JsonObject> present, string ownUrl)
    {
        if (operation.Status == "InProgress")
        {
            return new ArmResponse(202).With("Location", ownUrl).With("Retry-After", RetryAfter(operation)).With("retry-after-ms", RetryAfterMilliseconds(operation));
        }

        if (_failures.GetValueOrDefault(operation.Id) is { } failure)
        {
            return ArmErrors.Error(failure.Status, failure.Code, failure.Message);
        }

        return operation.Kind == OperationKind.Write && cloud.Store.Get(operation.ResourceKey) is { } resource
            ? ArmResponse.Ok(present(resource))
            : ArmResponse.NoContent();
    }

    // A resource that failed carries its error.
    private JsonNode? Failure(StoredOperation operation) =>
        _failures.GetValueOrDefault(operation.Id) is { } scripted ? new JsonObject { ["code"] = scripted.Code, ["message"] = scripted.Message }
        : operation.Kind == OperationKind.Write && cloud.Store.Get(operation.ResourceKey)?.Properties is { } properties && (string?)properties["provisioningState"] == "Failed"
            ? properties["error"]
            : null;

    private void Fail(StoredOperation operation)
    {
        if (cloud.Store.Get(operation.ResourceKey) is { } resource && resource.Properties.ContainsKey("provisioningState"))
        {
            resource.Properties["provisioningState"] = "Failed";
            cloud.Store.Put(resource with { Version = resource.Version + 1 });
        }
    }

    private void Settle(StoredResource resource)
    {
        var properties = resource.Properties;
        if (properties.ContainsKey("provisioningState"))
        {
            properties["provisioningState"] = "Succeeded";
        }

        behaviours.For(resource.Type).Settle(properties);
        cloud.Store.Put(resource with { Version = resource.Version + 1 });
    }

    private string Url(StoredOperation operation, AsyncStyle style, string type, string location, string apiVersion)
    {
        var root = cloud.Https.GetLeftPart(UriPartial.Authority) + cloud.Subscription;
        if (type.Equals(ResourceTypes.ResourceGroup, StringComparison.OrdinalIgnoreCase))
        {
            return $"{root}/operationresults/{operation.Id}?api-version={apiVersion}";
        }

        var status = behaviours.For(type).StatusSegment;
        var segment = style == AsyncStyle.Location && status == "mfeOperationsStatus" ? "mfeOperationResults" : style == AsyncStyle.Location && status == "operationStatuses" ? "operationResults" : status;
        return $"{root}/providers/{type[..type.IndexOf('/', StringComparison.Ordinal)]}/locations/{(location.Length == 0 ? "global" : location)}/{segment}/{operation.Id}?api-version={apiVersion}";
    }

    // Never longer than the operation itself: "0" ends a wait that has nothing to wait for.
    private string RetryAfter(StoredOperation operation) =>
        ((int)Math.Clamp(Math.Ceiling((operation.EndsAt - cloud.Now).TotalSeconds), 0, 5)).ToString(CultureInfo.InvariantCulture);

    // For clients of Azure's core libraries, which prefer it: an operation of 100 ms need not take a second.
    private string RetryAfterMilliseconds(StoredOperation operation) =>
        ((int)Math.Clamp(Math.Ceiling((operation.EndsAt - cloud.Now).TotalMilliseconds), 0, 5000)).ToString(CultureInfo.InvariantCulture);

    private static TimeSpan Positive(TimeSpan span) => span > TimeSpan.Zero ? span : TimeSpan.FromTicks(1);
}
