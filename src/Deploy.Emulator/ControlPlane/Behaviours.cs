using Deploy.Emulator.ControlPlane.MachineLearning;
using Deploy.Emulator.ControlPlane.Supporting;

namespace Deploy.Emulator.ControlPlane;

/// <summary>Finds the behaviour of a type.</summary>
internal sealed class Behaviours
{
    private static readonly ResourceBehaviour Generic = new();

    private readonly Dictionary<string, ResourceBehaviour> _byType = new ResourceBehaviour[]
    {
        new WorkspaceBehaviour(), new ConnectionBehaviour(), new ServerlessEndpointBehaviour(), new MarketplaceSubscriptionBehaviour(),
        new OnlineEndpointBehaviour(), new OnlineDeploymentBehaviour(),
        new ResourceGroupBehaviour(), new TemplateDeploymentBehaviour(), new StorageAccountBehaviour(), new VaultBehaviour(), new LogAnalyticsBehaviour(), new ComponentBehaviour(), new RegistryBehaviour(),
        new CognitiveAccountBehaviour(), new AccountDeploymentBehaviour(), new RoleAssignmentBehaviour(), new RoleDefinitionBehaviour(), new DiagnosticSettingBehaviour(), new AutoscaleSettingBehaviour(), new BudgetBehaviour(),
        new UserAssignedIdentityBehaviour(),
    }.Concat(StoredKinds.All).ToDictionary(behaviour => behaviour.Type, StringComparer.OrdinalIgnoreCase);

    public IEnumerable<string> Types => _byType.Keys;

    public ResourceBehaviour For(string type) => _byType.GetValueOrDefault(type, Generic);
}
