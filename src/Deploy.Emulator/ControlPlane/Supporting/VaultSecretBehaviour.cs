namespace Deploy.Emulator.ControlPlane.Supporting;

/// <summary>A secret of a vault, as Azure Resource Manager sees it: "value will never be returned from the service" (Key Vault REST, Secrets - Create Or Update).</summary>
internal sealed class VaultSecretBehaviour() : PlainOkBehaviour($"{ResourceTypes.Vault}/secrets")
{
    // The data plane, which would give it out, is not part of the local Azure.
    public override void Complete(WriteContext write) => write.Properties.Remove("value");
}
