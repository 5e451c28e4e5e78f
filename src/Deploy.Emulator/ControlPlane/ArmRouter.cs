using System.Text.Json.Nodes;
using Deploy.Emulator.ControlPlane.MachineLearning;
using Deploy.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace Deploy.Emulator.ControlPlane;

/// <summary>Finds who answers a request to Azure Resource Manager.</summary>
internal sealed class ArmRouter
{
    private readonly Cloud _cloud;
    private readonly ResourceService _resources;
    private readonly Operations _operations;
    private readonly SubscriptionRoutes _subscriptions;
    private readonly DeletedResources _deleted;

    public ArmRouter(Cloud cloud)
    {
        var behaviours = new Behaviours();
        var deletion = new Deletion(cloud, behaviours);
        _cloud = cloud;
        _operations = new Operations(cloud, behaviours, deletion);
        _resources = new ResourceService(cloud, behaviours, _operations, deletion);
        _subscriptions = new SubscriptionRoutes(cloud, _resources);
        _deleted = new DeletedResources(cloud);
    }

    /// <summary>Answers one request; nothing else changes the cloud meanwhile.</summary>
    public ArmResponse Answer(HttpRequest request, IReadOnlyList<string> segments, JsonObject? body) => _cloud.Store.Exclusively(() =>
    {
        _operations.SettleDue();
        return Route(request, ArmPath.Parse(segments), segments, body);
    });

    /// <summary>Ends the operations that are due; the data plane asks before it answers.</summary>
    public void Settle()
    {
        if (_cloud.Store.DueOperations(_cloud.Now).Count > 0)
        {
            _cloud.Store.Exclusively(() =>
            {
                _operations.SettleDue();
                return true;
            });
        }
    }

    private ArmResponse Route(HttpRequest request, ArmPath path, IReadOnlyList<string> segments, JsonObject? body)
    {
        var apiVersion = request.Query["api-version"].ToString();
        if (apiVersion.Length == 0)
        {
            return ArmErrors.MissingApiVersion();
        }

        if (_subscriptions.Answer(request.Method, segments, request.Query) is { } known)
        {
            return known;
        }

        if (path.Subscription is { } subscription && !subscription.Equals(_cloud.Identity.SubscriptionId, StringComparison.OrdinalIgnoreCase))
        {
            return ArmErrors.SubscriptionNotFound(subscription);
        }

        if (segments is [_, _, { } results, { } operation] && results.Equals("operationresults", StringComparison.OrdinalIgnoreCase))
        {
            return _operations.Poll(operation, isStatus: false, _resources.Present, OwnUrl(request));
        }

        if (path.Namespace is null)
        {
            return ArmErrors.Error(404, "NotFound", $"There is nothing at '/{string.Join('/', segments)}'.");
        }

        return Poll(request, path) ?? Location(request, path) ?? _deleted.Answer(request.Method, path) ?? Resource(request, path, apiVersion, body);
    }

    private ArmResponse Resource(HttpRequest request, ArmPath path, string apiVersion, JsonObject? body)
    {
        var conditions = new WriteConditions(Header(request, "If-Match"), Header(request, "If-None-Match"));
        if (path.Trailing is not null)
        {
            return request.Method switch
            {
                "GET" => _resources.List(path, Query(request, "kind")),
                "POST" when path.Pairs.Count > 0 => _resources.Act(path, body),
                _ => ArmErrors.NotSupported($"{request.Method} on '{path.CollectionType}'"),
            };
        }

        if (path.Pairs.Count == 0)
        {
            return ArmErrors.NotSupported($"{request.Method} on the namespace '{path.Namespace}'");
        }

        return request.Method switch
        {
            "GET" => _resources.Get(path),
            "HEAD" => _resources.Head(path),
            "PUT" => _resources.Put(path, apiVersion, body ?? [], conditions),
            "PATCH" => _resources.Patch(path, apiVersion, body ?? [], conditions),
            "DELETE" => _resources.Delete(path, apiVersion, IsTrue(request, "forceToPurge") || IsTrue(request, "force"), conditions.IfMatch),
            _ => ArmErrors.Error(405, "MethodNotAllowed", $"The method {request.Method} is not allowed on '{path.Type}'."),
        };
    }

    private ArmResponse? Poll(HttpRequest request, ArmPath path) => Operations.IsPoll(path) && request.Method == "GET"
        ? _operations.Poll(path.Name, IsStatus(path.Pairs[1].Type), _resources.Present, OwnUrl(request))
        : null;

    // Everything else is a Location result: workspaces and storage accounts name theirs "workspaceOperationsStatus" and "asyncoperations".
    private static bool IsStatus(string segment) =>
        segment.Equals("mfeOperationsStatus", StringComparison.OrdinalIgnoreCase) || segment.Equals("operationStatuses", StringComparison.OrdinalIgnoreCase);

    private ArmResponse? Location(HttpRequest request, ArmPath path)
    {
        if (path is not { Namespace: { } ns, Trailing: { } list, Pairs: [{ } pair] }
            || !ns.Equals(ResourceTypes.MachineLearning, StringComparison.OrdinalIgnoreCase)
            || !pair.Type.Equals("locations", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var location = Cloud.Normalize(pair.Name);
        return (request.Method, list.ToLowerInvariant()) switch
        {
            ("GET", "usages") => ArmResponse.List(Usage.Usages(_cloud, location)),
            ("GET", "quotas") => ArmResponse.List(Usage.Quotas(_cloud, location)),
            ("GET", "vmsizes") => ArmResponse.Ok(new JsonObject { ["value"] = Usage.VmSizes(_cloud) }),
            _ => ArmErrors.NotSupported($"{request.Method} locations/{list} of {ns}"),
        };
    }

    private string OwnUrl(HttpRequest request) => _cloud.Https.GetLeftPart(UriPartial.Authority) + request.Path + request.QueryString;

    private static bool IsTrue(HttpRequest request, string name) => string.Equals(Query(request, name), "true", StringComparison.OrdinalIgnoreCase);

    private static string? Query(HttpRequest request, string name) => request.Query[name].ToString() is { Length: > 0 } value ? value : null;

    private static string? Header(HttpRequest request, string name) => request.Headers[name].ToString() is { Length: > 0 } value ? value : null;
}
