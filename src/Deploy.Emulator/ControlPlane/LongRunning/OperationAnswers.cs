using System.Globalization;
using System.Text.Json.Nodes;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.LongRunning;

/// <summary>How clients learn of an asynchronous operation, and how they follow it.</summary>
internal sealed class OperationAnswers(Cloud cloud, Behaviours behaviours, Operations operations)
{
    /// <summary>Adds the headers by which a client follows the operation.</summary>
    public ArmResponse Announce(ArmResponse response, StoredOperation operation, AsyncStyle style, StoredResource resource, string apiVersion)
    {
        var header = style == AsyncStyle.Location ? "Location" : "Azure-AsyncOperation";
        return WithRetry(response.With(header, Url(operation, style, resource, apiVersion)), operation)
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
        if (!isOver)
        {
            return WithRetry(ArmResponse.Ok(body), operation);
        }

        body["endTime"] = Cloud.Iso(operation.EndsAt);
        if (HasFailed(operation) && operations.FailureOf(operation)?.DeepClone() is JsonObject error)
        {
            error.Remove("status");
            body["error"] = error;
        }

        return ArmResponse.Ok(body);
    }

    private ArmResponse Result(StoredOperation operation, Func<StoredResource, JsonObject> present, string ownUrl)
    {
        if (operation.Status == "InProgress")
        {
            return WithRetry(new ArmResponse(202).With("Location", ownUrl), operation);
        }

        if (HasFailed(operation) && operations.FailureOf(operation) is { } failure)
        {
            return ArmErrors.Error((int?)failure["status"] ?? 400, (string?)failure["code"] ?? "InternalServerError", (string?)failure["message"] ?? "");
        }

        return operation.Kind == OperationKind.Write && cloud.Store.Get(operation.ResourceKey) is { } resource
            ? ArmResponse.Ok(present(resource))
            : ArmResponse.NoContent();
    }

    // A deployment of a template that its user cancelled has no error.
    private static bool HasFailed(StoredOperation operation) => operation.Status is "Failed" or "Canceled";

    private string Url(StoredOperation operation, AsyncStyle style, StoredResource resource, string apiVersion)
    {
        var root = cloud.Https.GetLeftPart(UriPartial.Authority) + cloud.Subscription;
        if (resource.Type.Equals(ResourceTypes.ResourceGroup, StringComparison.OrdinalIgnoreCase))
        {
            return $"{root}/operationresults/{operation.Id}?api-version={apiVersion}";
        }

        var status = behaviours.For(resource.Type).StatusSegment;
        var segment = (style, status) switch
        {
            (AsyncStyle.Location, "mfeOperationsStatus") => "mfeOperationResults",
            (AsyncStyle.Location, "operationStatuses") => "operationResults",
            _ => status,
        };
        var ns = resource.Type[..resource.Type.IndexOf('/', StringComparison.Ordinal)];
        return $"{root}/providers/{ns}/locations/{(resource.Location.Length == 0 ? "global" : resource.Location)}/{segment}/{operation.Id}?api-version={apiVersion}";
    }

    // Never longer than the operation itself: "0" ends a wait that has nothing to wait for. In milliseconds for clients of Azure's core libraries, which prefer it:
    // an operation of 100 ms need not take a second.
    private ArmResponse WithRetry(ArmResponse response, StoredOperation operation) => response
        .With("Retry-After", Whole((operation.EndsAt - cloud.Now).TotalSeconds, 5))
        .With("retry-after-ms", Whole((operation.EndsAt - cloud.Now).TotalMilliseconds, 5000));

    private static string Whole(double value, int most) => ((int)Math.Clamp(Math.Ceiling(value), 0, most)).ToString(CultureInfo.InvariantCulture);

    private static TimeSpan Positive(TimeSpan span) => span > TimeSpan.Zero ? span : TimeSpan.FromTicks(1);
}
