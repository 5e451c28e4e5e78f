namespace Deploy.Emulator.ControlPlane.Support;

internal static class AccessSupport
{
    public static SupportArea Area { get; } = new()
    {
        Title = "Access",
        Notes =
        [
            "Roles are enforced when the host is told so (`LocalAzureOptions.EnforceRoles`): every request needs its action at the scope or above, by built-in or custom roles; refusals are Azure's " +
            "`AuthorizationFailed` and `LinkedAuthorizationFailed`. The store's own principal owns the subscription. The state of an operation is readable by whoever has its address. " +
            "Data actions are enforced for the identities of online endpoints only.",
        ],
        Rows =
        [
            SupportRow.Of("PUT GET DELETE LIST", ResourceTypes.RoleAssignment, "unique by scope, principal and role; lists at, above and below a scope with `atScope()`, `assignedTo`, `principalId eq`",
                "AccessTests", "DocumentedErrorTests"),
            SupportRow.Of("PUT GET DELETE LIST", ResourceTypes.RoleDefinition, "the built-in roles of Azure AI, Key Vault and administration; custom roles", "AccessTests", "LeastPrivilegeTests"),
            SupportRow.Of("LIST", "Microsoft.Authorization/permissions", "the caller's own at a scope", "AccessTests.Reader_OfAGroup_ReadsThereAndWritesNowhere"),
        ],
        Missing = ["deny assignments", "eligible assignments (PIM)", "conditions of assignments", "classic administrators"],
    };
}
