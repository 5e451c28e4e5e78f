using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.Supporting;

/// <summary>Kept, not enforced. A DELETE shows the assignment for the last time (Policy Assignments - Delete); the client of .NET reads it.</summary>
internal sealed class PolicyAssignmentBehaviour : ResourceBehaviour
{
    public override string Type => "Microsoft.Authorization/policyAssignments";

    public override ArmResponse DeletedAnswer(StoredResource resource) => ArmResponse.Ok(resource.Body);
}
