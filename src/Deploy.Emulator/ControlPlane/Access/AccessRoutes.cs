using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace Deploy.Emulator.ControlPlane.Access;

/// <summary>Reads of <c>Microsoft.Authorization</c> that are more than a resource: built-in roles, assignments inherited from above, one's own permissions.</summary>
internal sealed class AccessRoutes(Cloud cloud, ResourceService resources, AccessControl access)
{
    private const string Inherited = "^";

    private static readonly FilterFields Fields = new() { Fields = ["principalId"], Functions = ["atScope", "assignedTo"] };

    /// <summary>Null when the path is about something else.</summary>
    public ArmResponse? Answer(string method, ArmPath path, IQueryCollection query, PageRequest page, Caller caller)
    {
        if (method != "GET" || !path.Namespace!.Equals("Microsoft.Authorization", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return (path.Trailing?.ToLowerInvariant(), path.Pairs) switch
        {
            ("permissions", []) => resources.CheckScope(path) ?? page.Of(access.Permissions(caller, path.Scope)),
            ("roledefinitions", []) => cloud.Roles.List(query["$filter"], page, resources.Present),
            ("roleassignments", []) => resources.CheckScope(path) ?? Assignments(path.Scope, query["$filter"], page),
            (null, [{ } pair]) when pair.Type.Equals("roleDefinitions", StringComparison.OrdinalIgnoreCase) => Definition(pair.Name),
            _ => null,
        };
    }

    private ArmResponse Definition(string id) =>
        RoleDefinitions.Show(id) is { } builtIn ? ArmResponse.Ok(builtIn)
        : cloud.Store.Named(ResourceTypes.RoleDefinition, id) is [{ } custom, ..] ? ArmResponse.Ok(resources.Present(custom))
        : ArmErrors.Error(404, "RoleDefinitionDoesNotExist", $"The specified role definition with ID '{id.Replace("-", "", StringComparison.Ordinal)}' does not exist.");

    // At, above and below the scope; atScope() leaves out what is below.
    private ArmResponse Assignments(string scope, string? filter, PageRequest page)
    {
        var (wanted, fault) = ListFilter.Parse(filter, Fields);
        if (fault is not null)
        {
            return fault;
        }

        return page.Of((after, limit) => Read(scope, after, limit), assignment => KeyOf(assignment, scope), assignment => wanted!.Matches(new FilterSubject(
            _ => (string?)assignment.Properties["principalId"],
            (function, argument) => function == "atScope"
                ? !IsBelow(assignment, scope)
                : argument.Equals((string?)assignment.Properties["principalId"], StringComparison.OrdinalIgnoreCase))), resources.Present);
    }

    // First the few at the scope and above, then those below in the order of their ids.
    private List<StoredResource> Read(string scope, string? after, int limit)
    {
        var isBelow = after is not null && !after.StartsWith(Inherited, StringComparison.Ordinal);
        var found = isBelow ? [] : Above(scope)
            .SelectMany(own => cloud.Store.OfTypeBelow(ResourceTypes.RoleAssignment, $"{own}/providers/Microsoft.Authorization"))
            .OrderBy(assignment => assignment.Key, StringComparer.Ordinal)
            .Where(assignment => after is null || string.CompareOrdinal(KeyOf(assignment, scope), after) > 0)
            .Take(limit)
            .ToList();
        var last = isBelow ? after : null;
        while (found.Count < limit)
        {
            var below = cloud.Store.OfTypeBelow(ResourceTypes.RoleAssignment, scope, last, limit);
            found.AddRange(below.Where(assignment => IsBelow(assignment, scope)).Take(limit - found.Count));
            if (below.Count < limit)
            {
                break;
            }

            last = below[^1].Key;
        }

        return found;
    }

    private static string KeyOf(StoredResource assignment, string scope) => IsBelow(assignment, scope) ? assignment.Key : Inherited + assignment.Key;

    private static bool IsBelow(StoredResource assignment, string scope) =>
        assignment.Key.StartsWith(ArmPath.KeyOf(scope) + "/", StringComparison.Ordinal)
        && !assignment.Key.StartsWith(ArmPath.KeyOf(scope) + "/providers/microsoft.authorization/", StringComparison.Ordinal);

    private static IEnumerable<string> Above(string scope)
    {
        var parts = scope.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return Enumerable.Range(0, (parts.Length / 2) + 1).Select(count => string.Concat(parts.Take(2 * count).Select(part => "/" + part)));
    }
}
