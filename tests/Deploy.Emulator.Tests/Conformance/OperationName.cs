using System.Text.Json.Nodes;

namespace Deploy.Emulator.Tests.Conformance;

/// <summary>
/// The name of an operation, made of a request that a client sent: <c>GET Microsoft.X/a/b</c>, <c>LIST Microsoft.X/a</c>, <c>POST Microsoft.X/a/listKeys</c>; a list of one resource
/// group apart from that of the subscription, <c>LIST /resourceGroups/{}/providers/Microsoft.X/a</c>; and what belongs to no provider by its path with names written as <c>{}</c>.
/// </summary>
internal static class OperationName
{
    private static readonly string[] Polls = ["operationresults", "operationstatuses", "operationsstatus", "operationstatus", "operationsresult", "operationsresults", "asyncoperations"];

    /// <summary>The operations among requests that were answered with success; following a long-running operation is none.</summary>
    public static IEnumerable<string> Of(IEnumerable<JsonNode> requests) => requests
        .Where(request => (int)request["status"]! < 400 && !IsPoll((string)request["path"]!))
        .Select(request => Of((string)request["method"]!, (string)request["path"]!));

    public static string Of(string method, string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var providers = Providers(segments);
        return providers < 0 ? WithoutProvider(method, segments) : OfProvider(method, segments[..providers], segments[providers + 1], segments[(providers + 2)..]);
    }

    private static string OfProvider(string method, string[] scope, string ns, string[] rest)
    {
        if (rest is [] or ["register" or "unregister" or "providerPermissions"])
        {
            return $"{method} {Prefix(scope)}/providers{(rest is [var action] ? "/{ns}/" + action : "")}";
        }

        var isCollection = rest.Length % 2 == 1;
        var type = $"{ns}/{string.Join('/', rest.Where((_, index) => index % 2 == 0))}";
        var verb = method == "GET" && isCollection ? "LIST" : method;
        var isOfGroup = verb == "LIST" && rest.Length == 1 && scope is [_, _, var groups, _] && groups.Equals("resourceGroups", StringComparison.OrdinalIgnoreCase);
        return isOfGroup ? $"LIST /resourceGroups/{{}}/providers/{type}" : $"{verb} {type}";
    }

    private static string WithoutProvider(string method, string[] segments) => segments switch
    {
        ["serverless" or "online", _, _, .. var rest] => $"{method} {{base}}/{string.Join('/', rest)}",
        ["subscriptions" or "tenants" or "providers"] => $"LIST /{segments[0]}",
        ["subscriptions", _] => $"{method} /subscriptions",
        ["subscriptions", _, var groups, .. var rest] when groups.Equals("resourceGroups", StringComparison.OrdinalIgnoreCase) => rest switch
        {
            [] => "LIST Microsoft.Resources/resourceGroups",
            [_] => $"{method} Microsoft.Resources/resourceGroups",
            [_, "resources"] => "LIST /subscriptions/{id}/resourceGroups/{}/resources",
            _ => $"{method} Microsoft.Resources/resourceGroups/{rest[1]}",
        },
        ["subscriptions", _, .. var rest] => $"{(method == "GET" && rest.Length % 2 == 1 ? "LIST" : method)} /subscriptions/{{id}}/{string.Join('/', rest.Where((_, index) => index % 2 == 0))}",
        ["metadata" or "msi" or "adfs", ..] => $"{method} /{string.Join('/', segments)}",
        [_, "discovery", "instance"] => $"{method} /common/discovery/instance",
        [_, "oauth2" or "v2.0" or "discovery" or ".well-known", ..] => $"{method} /{{tenant}}/{string.Join('/', segments[1..])}",
        _ => $"{method} /{string.Join('/', segments)}",
    };

    // The last one that a namespace follows: a resource's name may be "providers" as well.
    private static int Providers(string[] segments)
    {
        for (var index = segments.Length - 2; index >= 0; index--)
        {
            if (segments[index].Equals("providers", StringComparison.OrdinalIgnoreCase) && segments[index + 1].Contains('.'))
            {
                return index;
            }
        }

        return -1;
    }

    private static string Prefix(string[] scope) => scope is [] ? "" : "/subscriptions/{id}";

    private static bool IsPoll(string path) => path.Split('/').Any(segment => Polls.Any(poll => segment.EndsWith(poll, StringComparison.OrdinalIgnoreCase)));
}
