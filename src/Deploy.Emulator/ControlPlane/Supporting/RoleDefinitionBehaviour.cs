using System.Text.Json.Nodes;
using Deploy.Emulator.ControlPlane.Access;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.Supporting;

/// <summary>Custom roles. Their actions count as soon as they are stored.</summary>
internal sealed class RoleDefinitionBehaviour : ResourceBehaviour
{
    public override string Type => ResourceTypes.RoleDefinition;

    public override ArmResponse? Check(WriteContext write)
    {
        if (!Guid.TryParse(write.Name, out _))
        {
            return ArmErrors.Error(400, "InvalidRoleDefinitionId", $"The role definition ID '{write.Name}' is not valid. The role definition ID must be a GUID.");
        }

        if (RoleDefinitions.Show(write.Name) is not null)
        {
            return ArmErrors.Error(403, "RoleDefinitionUpdateNotPermitted", "A built-in role cannot be changed.");
        }

        if (write.Text("roleName") is not { Length: > 0 } roleName)
        {
            return ArmErrors.Error(400, "RoleDefinitionNameNullOrEmpty", "Role name cannot be null or empty.");
        }

        if (write.Wanted["assignableScopes"] is not JsonArray { Count: > 0 })
        {
            return ArmErrors.Error(400, "InvalidAssignableScopes", "A custom role needs at least one assignable scope.");
        }

        return write.Cloud.Store.OwnedBy(Type, roleName).Any(other => other.Key != ArmPath.KeyOf(write.Id))
            ? ArmErrors.Error(409, "RoleDefinitionWithSameNameExists", $"A custom role with the same name already exists in this directory. Use a different name. Existing role: {roleName}.")
            : null;
    }

    public override void Complete(WriteContext write)
    {
        var now = Cloud.Iso(write.Cloud.Now);
        write.Properties["type"] = "CustomRole";
        write.Keep("createdOn", () => now);
        write.Keep("createdBy", () => write.Caller.ObjectId);
        write.Properties["updatedOn"] = now;
        write.Properties["updatedBy"] = write.Caller.ObjectId;
    }

    public override ArmResponse? CheckDelete(StoredResource resource, Cloud cloud) =>
        cloud.Store.OfType(ResourceTypes.RoleAssignment).Any(assignment => ((string?)assignment.Properties["roleDefinitionId"] ?? "").EndsWith(resource.Name, StringComparison.OrdinalIgnoreCase))
            ? ArmErrors.Error(400, "RoleDefinitionHasAssignments", $"There are existing role assignments referencing role (code: {resource.Name}).")
            : null;
}
