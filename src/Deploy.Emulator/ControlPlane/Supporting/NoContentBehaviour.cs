using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.Supporting;

/// <summary>A type whose PUT answers 200 and whose DELETE answers 204, always: queues and tables of a storage account.</summary>
internal sealed class NoContentBehaviour(string type) : PlainOkBehaviour(type)
{
    public override ArmResponse DeletedAnswer(StoredResource resource) => ArmResponse.NoContent();
}
