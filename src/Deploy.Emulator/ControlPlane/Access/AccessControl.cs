using System.Text.Json.Nodes;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.Access;

/// <summary>Whether a principal may do something: by the role assignments at the scope or above, when <see cref="LocalAzureOptions.EnforceRoles"/> says so.</summary>
internal sealed class AccessControl(Cloud cloud)
{
    private const string HubJoin = "Microsoft.MachineLearningServices/workspaces/hubs/join/action";
    private const string IdentityAssign = "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action";

    /// <summary>The store's own principal owns the subscription, and nothing is enforced unless asked for.</summary>
    public bool IsUnbound(Caller caller) => !cloud.Options.EnforceRoles || caller.ObjectId.Equals(cloud.Identity.ObjectId, StringComparison.OrdinalIgnoreCase);

    public bool Allows(Caller caller, string action, string scope) => IsUnbound(caller) || RolesOf(caller, scope).Any(role => role.Allows(action));

    /// <summary>The same of a data action, such as reading blobs.</summary>
    public bool AllowsData(Caller caller, string action, string scope) => IsUnbound(caller) || RolesOf(caller, scope).Any(role => role.AllowsData(action));

    public bool HasAnyRole(Caller caller) => IsUnbound(caller) || Assignments(caller).Any();

    /// <summary>Azure's refusal, or null.</summary>
    public ArmResponse? Check(Caller caller, ArmAction action) => Allows(caller, action.Name, action.Scope) ? null : ArmErrors.AuthorizationFailed(caller.AppId, caller.ObjectId, action.Name, action.Scope);

    /// <summary>A write may need a right on what it refers to: a project on its hub, anything on the identity it takes.</summary>
    public ArmResponse? CheckLinked(Caller caller, ArmPath path, JsonObject body)
    {
        foreach (var (action, linked) in Linked(path, body))
        {
            if (!Allows(caller, action, linked))
            {
                return ArmErrors.LinkedAuthorizationFailed(caller.AppId, caller.ObjectId, $"{path.Type}/write", path.Id, action, linked);
            }
        }

        return null;
    }

    /// <summary>What the caller may do at a scope, as Azure lists it.</summary>
    public IEnumerable<JsonNode> Permissions(Caller caller, string scope) =>
        IsUnbound(caller)
            ? [new RolePermission { Actions = ["*"], DataActions = ["*"] }.Show()]
            : RolesOf(caller, scope).SelectMany(role => role.Permissions).Select(permission => permission.Show());

    private static IEnumerable<(string Action, string Scope)> Linked(ArmPath path, JsonObject body)
    {
        if (path.Type.Equals(ResourceTypes.Workspace, StringComparison.OrdinalIgnoreCase) && body["properties"]?["hubResourceId"] is JsonValue hub && hub.TryGetValue<string>(out var hubId))
        {
            yield return (HubJoin, hubId);
        }

        foreach (var (identity, _) in body["identity"]?["userAssignedIdentities"] as JsonObject ?? [])
        {
            yield return (IdentityAssign, identity);
        }
    }

    private IEnumerable<Role> RolesOf(Caller caller, string scope) => Assignments(caller)
        .Where(assignment => IsAtOrAbove((string?)assignment.Properties["scope"] ?? "/", scope))
        .Select(assignment => cloud.Roles.Find(RoleIdOf(assignment)))
        .OfType<Role>();

    private IEnumerable<StoredResource> Assignments(Caller caller) => caller.ObjectId.Length == 0 ? [] : cloud.Store
        .OwnedBy(ResourceTypes.RoleAssignment, caller.ObjectId)
        .Where(assignment => assignment.CreatedAt + cloud.Options.RolePropagation <= cloud.Now);

    private static bool IsAtOrAbove(string assigned, string scope) =>
        assigned == "/" || scope.Equals(assigned, StringComparison.OrdinalIgnoreCase) || scope.StartsWith(assigned + "/", StringComparison.OrdinalIgnoreCase);

    private static string RoleIdOf(StoredResource assignment) => ((string?)assignment.Properties["roleDefinitionId"] ?? "").Split('/')[^1];
}
