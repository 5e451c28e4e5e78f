using System.Text.Json.Nodes;
using Deploy.Emulator.ControlPlane.Access;
using Deploy.Emulator.ControlPlane.LongRunning;
using Deploy.Emulator.ControlPlane.MachineLearning;
using Deploy.Emulator.ControlPlane.Subscriptions;
using Deploy.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace Deploy.Emulator.ControlPlane;

/// <summary>Finds who answers a request to Azure Resource Manager.</summary>
internal sealed class ArmRouter
{
    private readonly Cloud _cloud;
    private readonly ResourceService _resources;
    private readonly Operations _operations;
    private readonly OperationAnswers _answers;
    private readonly SubscriptionRoutes _subscriptions;
    private readonly AccessControl _access;
    private readonly AccessRoutes _accessRoutes;
    private readonly Tags _tags;
    private readonly NameAvailability _names;
    private readonly DeletedResources _deleted;
    private readonly RequestAllowance _allowance;

    public ArmRouter(Cloud cloud)
    {
        var behaviours = new Behaviours();
        var deletion = new Deletion(cloud, behaviours);
        _cloud = cloud;
        _access = new AccessControl(cloud);
        _operations = new Operations(cloud, behaviours, deletion);
        _answers = new OperationAnswers(cloud, behaviours, _operations);
        _resources = new ResourceService(cloud, behaviours, _access, _operations, _answers, deletion);
        _subscriptions = new SubscriptionRoutes(cloud, _resources, _access);
        _accessRoutes = new AccessRoutes(cloud, _resources, _access);
        _tags = new Tags(cloud, _resources);
        _names = new NameAvailability(cloud);
        _deleted = new DeletedResources(cloud);
        _allowance = new RequestAllowance(cloud.Options.TimeProvider);
    }

    /// <summary>Answers one request; nothing else changes the cloud meanwhile.</summary>
    public ArmResponse Answer(HttpRequest request, IReadOnlyList<string> segments, JsonObject? body)
    {
        var caller = Caller.Of(request);
        var response = _cloud.Store.Exclusively(() =>
        {
            _operations.SettleDue();
            return Route(request, ArmPath.Parse(segments), segments, body, caller);
        });
        return _allowance.Count(response, caller, request.Method, segments is [var first, _, ..] && first.Equals("subscriptions", StringComparison.OrdinalIgnoreCase));
    }

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

    private ArmResponse Route(HttpRequest request, ArmPath path, IReadOnlyList<string> segments, JsonObject? body, Caller caller)
    {
        var apiVersion = request.Query["api-version"].ToString();
        if (apiVersion.Length == 0)
        {
            return ArmErrors.MissingApiVersion();
        }

        var (page, fault) = PageRequest.Read(request, _cloud.Https, _cloud.Options.PageSize);
        if (fault is not null)
        {
            return fault;
        }

        if (Forbidden(request.Method, segments, path, caller) is { } refused)
        {
            return refused;
        }

        if (_subscriptions.Answer(request.Method, segments, request.Query, page!, body, caller) is { } known)
        {
            return known;
        }

        if (segments is [_, _, { } results, { } operation] && results.Equals("operationresults", StringComparison.OrdinalIgnoreCase))
        {
            return _answers.Poll(operation, isStatus: false, _resources.Present, OwnUrl(request));
        }

        if (path.Namespace is null)
        {
            return segments.Count > 2 && path.Subscription is not null
                ? ArmErrors.NotSupported($"{request.Method} on '/{string.Join('/', segments)}'")
                : ArmErrors.Error(404, "NotFound", $"There is nothing at '/{string.Join('/', segments)}'.");
        }

        return Poll(request, path)
            ?? LocationRoutes.Answer(_cloud, request.Method, path, page!, body)
            ?? _deleted.Answer(request.Method, path, page!)
            ?? _tags.Answer(request.Method, path, body)
            ?? _names.Answer(request.Method, path, body)
            ?? _accessRoutes.Answer(request.Method, path, request.Query, page!, caller)
            ?? Resource(request, path, new WriteRequest(apiVersion, body ?? [], ConditionsOf(request), caller), page!);
    }

    // Lists of resources and groups show what the caller may read, and nothing else; they are not refused.
    private ArmResponse? Forbidden(string method, IReadOnlyList<string> segments, ArmPath path, Caller caller)
    {
        var isFiltered = method == "GET" && path.Namespace is null && segments[^1].ToLowerInvariant() is "resourcegroups" or "resources";
        return isFiltered && _access.HasAnyRole(caller) ? null : ArmAction.Of(method, segments, path) is { } action ? _access.Check(caller, action) : null;
    }

    private ArmResponse Resource(HttpRequest request, ArmPath path, WriteRequest write, PageRequest page)
    {
        if (path.Trailing is not null)
        {
            return request.Method switch
            {
                "GET" => ListFilters.Of(path, request.Query) is var (isWanted, fault) && fault is null ? _resources.List(path, page, isWanted!) : fault!,
                "POST" when path.Pairs.Count > 0 => _resources.Act(path, write.Body),
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
            "PUT" => _resources.Put(path, write),
            "PATCH" => _resources.Patch(path, write),
            "DELETE" => _resources.Delete(path, write.ApiVersion, IsTrue(request, "forceToPurge") || IsTrue(request, "force"), write.Conditions.IfMatch),
            _ => ArmErrors.Error(405, "MethodNotAllowed", $"The method {request.Method} is not allowed on '{path.Type}'."),
        };
    }

    private ArmResponse? Poll(HttpRequest request, ArmPath path) => Operations.IsPoll(path) && request.Method == "GET"
        ? _answers.Poll(path.Name, IsStatus(path.Pairs[1].Type), _resources.Present, OwnUrl(request))
        : null;

    // Everything else is a Location result: workspaces and storage accounts name theirs "workspaceOperationsStatus" and "asyncoperations".
    private static bool IsStatus(string segment) =>
        segment.Equals("mfeOperationsStatus", StringComparison.OrdinalIgnoreCase) || segment.Equals("operationStatuses", StringComparison.OrdinalIgnoreCase);

    private string OwnUrl(HttpRequest request) => _cloud.Https.GetLeftPart(UriPartial.Authority) + request.Path + request.QueryString;

    private static WriteConditions ConditionsOf(HttpRequest request) => new(Header(request, "If-Match"), Header(request, "If-None-Match"));

    private static bool IsTrue(HttpRequest request, string name) => string.Equals(request.Query[name], "true", StringComparison.OrdinalIgnoreCase);

    private static string? Header(HttpRequest request, string name) => request.Headers[name].ToString() is { Length: > 0 } value ? value : null;
}
