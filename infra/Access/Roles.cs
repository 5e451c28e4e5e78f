using Pulumi;
using Pulumi.AzureNative.Authorization;

namespace Infra.Access;

/// <summary>Built-in Azure roles, and assignments of them at the narrowest scope that works.</summary>
internal static class Roles
{
    /// <summary>Lets a hub's identity keep secrets in a vault with role-based access. Source: Azure built-in roles, security.</summary>
    public const string KeyVaultAdministrator = "00482a5a-887f-4fb3-b363-3b7fe8e74483";

    /// <summary>Lets a caller score an online endpoint with an Entra token. Source: Azure built-in roles, AI + machine learning.</summary>
    public const string AzureMLDataScientist = "f6c7c914-8db3-469d-8ca1-694a8f32e121";

    /// <param name="name">Logical name.</param>
    /// <param name="role">One of the constants of this class.</param>
    /// <param name="scope">The resource that access is given to.</param>
    /// <param name="principalId">Object id of who gets it.</param>
    /// <param name="principalType"><c>ServicePrincipal</c> or <c>User</c>. Stated, because the service otherwise looks up a fresh identity in a directory that does not have it yet.</param>
    /// <param name="parent">The component that needs the assignment.</param>
    public static RoleAssignment Assign(
        string name, string role, Output<string> scope, Output<string> principalId, Input<string> principalType, Resource parent) => new(name, new RoleAssignmentArgs
    {
        Scope = scope,
        PrincipalId = principalId,
        PrincipalType = principalType.Apply(type => (Union<string, PrincipalType>)type),
        RoleDefinitionId = scope.Apply(id => $"/subscriptions/{id.Split('/')[2]}/providers/Microsoft.Authorization/roleDefinitions/{role}"),
    }, new CustomResourceOptions { Parent = parent });
}
