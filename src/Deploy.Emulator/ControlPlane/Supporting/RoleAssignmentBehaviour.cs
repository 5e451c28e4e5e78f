using System.Text.Json.Nodes;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.Supporting;

/// <summary>Role assignments: unique by scope, principal and role.</summary>
internal sealed class RoleAssignmentBehaviour : ResourceBehaviour
{
    public override string Type => ResourceTypes.RoleAssignment;

    public override ArmResponse? Check(WriteContext write)
    {
        if (!Guid.TryParse(write.Name, out _))
        {
            return ArmErrors.Error(400, "InvalidRoleAssignmentId", $"The role assignment ID '{write.Name}' is not valid. The role assignment ID must be a GUID.");
        }

        if (write.Existing is { } existing)
        {
            return Same(existing.Properties, write.Wanted) ? null : ArmErrors.Error(400, "RoleAssignmentUpdateNotPermitted", "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.");
        }

        return CheckPrincipal(write) ?? CheckTwin(write) ?? CheckLimit(write);
    }

    public override void Complete(WriteContext write)
    {
        var now = Cloud.Iso(write.Cloud.Now);
        write.Properties["scope"] = Scope(write);
        write.Default("principalType", "ServicePrincipal");
        write.Keep("createdOn", () => now);
        write.Keep("createdBy", () => write.Caller.ObjectId);
        write.Properties["updatedOn"] = now;
        write.Properties["updatedBy"] = write.Caller.ObjectId;
    }

    private ArmResponse? CheckTwin(WriteContext write) =>
        write.Cloud.Store.OwnedBy(Type, write.Text("principalId") ?? "")
            .FirstOrDefault(other => string.Equals((string?)other.Properties["scope"], Scope(write), StringComparison.OrdinalIgnoreCase) && Same(other.Properties, write.Wanted)) is { } twin
            ? ArmErrors.Error(409, "RoleAssignmentExists", $"The role assignment already exists. The ID of the conflicting role assignment is {twin.Name.Replace("-", "", StringComparison.Ordinal)}.")
            : null;

    private ArmResponse? CheckLimit(WriteContext write) =>
        write.Cloud.Store.CountOfTypeIn(Type, "") >= (write.Cloud.Quotas.RoleAssignments ?? write.Cloud.Catalog.Limits.RoleAssignmentsPerSubscription)
            ? ArmErrors.Error(400, "RoleAssignmentLimitExceeded", "No more role assignments can be created.")
            : null;

    // Without a principalType the service looks the principal up, and its directory learns of new ones late.
    private static ArmResponse? CheckPrincipal(WriteContext write)
    {
        var principal = write.Text("principalId") ?? "";
        var type = write.Text("principalType");
        if (string.Equals(type, "ServicePrincipal", StringComparison.OrdinalIgnoreCase) || principal.Equals(write.Cloud.Identity.ObjectId, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var since = write.Cloud.Store.PrincipalSince(principal);
        var isFound = since is null ? type is not null : since + write.Cloud.Options.PrincipalReplication <= write.Cloud.Now;
        return isFound ? null : ArmErrors.Error(400, "PrincipalNotFound",
            $"Principal {principal.Replace("-", "", StringComparison.Ordinal)} does not exist in the directory {write.Cloud.Identity.TenantId}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype");
    }

    // The canonical scope: what lies before the provider in the resource's own id.
    private static string Scope(WriteContext write) => write.Id[..write.Id.LastIndexOf("/providers/", StringComparison.OrdinalIgnoreCase)] is { Length: > 0 } scope ? scope : "/";

    private static bool Same(JsonObject left, JsonObject right) => RoleOf(left) == RoleOf(right)
        && string.Equals((string?)left["principalId"], (string?)right["principalId"], StringComparison.OrdinalIgnoreCase);

    private static string RoleOf(JsonObject properties) => ((string?)properties["roleDefinitionId"] ?? "") is var id ? id[(id.LastIndexOf('/') + 1)..].ToLowerInvariant() : "";
}
