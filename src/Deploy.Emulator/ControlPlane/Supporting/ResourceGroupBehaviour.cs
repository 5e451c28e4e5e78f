namespace Deploy.Emulator.ControlPlane.Supporting;

internal sealed class ResourceGroupBehaviour : ResourceBehaviour
{
    public override string Type => ResourceTypes.ResourceGroup;

    public override AsyncStyle DeleteStyle => AsyncStyle.Location;
}
