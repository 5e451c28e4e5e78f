using Deploy.Emulator.ControlPlane.LongRunning;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.Access;

/// <summary>What a request does, as roles name it, and over which scope.</summary>
internal sealed record ArmAction(string Name, string Scope)
{
    private const string Subscriptions = "Microsoft.Resources/subscriptions";

    /// <summary>Null for what everybody may who can sign in: tenants, subscriptions, built-in roles, one's own permissions, and the state of an operation whose address one was given.</summary>
    public static ArmAction? Of(string method, IReadOnlyList<string> segments, ArmPath path)
    {
        var scope = "/" + string.Join('/', segments);
        var isRead = method is "GET" or "HEAD";
        string[] lower = [.. segments.Select(segment => segment.ToLowerInvariant())];
        return lower switch
        {
            ["tenants" or "subscriptions"] or ["subscriptions", _] => null,
            ["subscriptions", _, "operationresults", _] => null,
            [.., "providers", "microsoft.authorization", "permissions"] => null,
            ["providers", "microsoft.authorization", "roledefinitions", ..] when isRead => null,
            _ when isRead && Operations.IsPoll(path) => null,
            ["subscriptions", _, "providers"] or ["subscriptions", _, "providers", _] => new ArmAction($"{Subscriptions}/providers/read", $"/subscriptions/{segments[1]}"),
            ["subscriptions", _, "providers", _, "register" or "unregister"] => new ArmAction($"{segments[3]}/{lower[4]}/action", $"/subscriptions/{segments[1]}"),
            ["subscriptions", _, "resourcegroups", _] => new ArmAction($"{Subscriptions}/resourceGroups/{Verb(method)}", scope),
            ["subscriptions", _, "resourcegroups", _, var list] => new ArmAction($"{Subscriptions}/resourceGroups/{list}/{(isRead ? "read" : "action")}", Parent(scope)),
            ["subscriptions", _, var list, ..] when path.Namespace is null => new ArmAction($"{Subscriptions}/{(list == "resourcegroups" ? "resourceGroups" : segments[2])}/{Verb(method)}", $"/{segments[0]}/{segments[1]}"),
            _ => OfResource(method, path, isRead),
        };
    }

    private static ArmAction? OfResource(string method, ArmPath path, bool isRead)
    {
        if (path.Namespace is null)
        {
            return null;
        }

        if (path.Trailing is not { } trailing)
        {
            return path.Pairs.Count == 0 ? null : new ArmAction($"{path.Type}/{Verb(method)}", path.Id);
        }

        // Asking whether a name is free changes nothing, though it is a POST.
        var verb = isRead || (path.Pairs.Count == 0 && trailing.StartsWith("check", StringComparison.OrdinalIgnoreCase)) ? "read" : "action";
        return new ArmAction($"{path.CollectionType}/{verb}", path.Pairs.Count == 0 ? (path.Scope.Length == 0 ? "/" : path.Scope) : path.Id);
    }

    private static string Verb(string method) => method switch { "GET" or "HEAD" => "read", "DELETE" => "delete", "POST" => "action", _ => "write" };

    private static string Parent(string scope) => scope[..scope.LastIndexOf('/')];
}
