namespace Deploy.Emulator.ControlPlane.Supporting;

internal sealed class UserAssignedIdentityBehaviour : ResourceBehaviour
{
    public override string Type => ResourceTypes.UserAssignedIdentity;

    public override void Complete(WriteContext write)
    {
        write.Properties["tenantId"] = write.Cloud.Identity.TenantId;
        write.Keep("principalId", () => Guid.NewGuid().ToString());
        write.Keep("clientId", () => Guid.NewGuid().ToString());
        write.Cloud.Store.AddPrincipal((string)write.Properties["principalId"]!);
    }
}
