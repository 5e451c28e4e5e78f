namespace Deploy.Emulator.ControlPlane.Supporting;

/// <summary>A type whose PUT answers 200 although it has made the resource, as its service documents; Azure's clients take nothing else.</summary>
internal class PlainOkBehaviour(string type) : ResourceBehaviour
{
    public override string Type => type;

    public override int CreatedStatus => 200;
}
