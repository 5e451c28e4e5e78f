using Deploy.Azure;
using Deploy.Azure.Arm;
using Deploy.Azure.MachineLearning;
using Deploy.Core;
using Deploy.Engine.Providers;
using Deploy.Engine.Providers.AzureNative;
using Deploy.Environments.Settings;

namespace Deploy.Cli.Composition;

/// <summary>The clients of one session's Azure.</summary>
internal static class Providers
{
    public static IArmClient Arm(AzureSession azure) => new ArmClient(azure);

    public static IMachineLearningReads Reads(AzureSession azure) => new ArmMachineLearningReads(Arm(azure));

    /// <summary>The packages that programs can use.</summary>
    /// <param name="azure">The session every provider uses.</param>
    /// <param name="cloud">Only a local Azure, and the stack dev, give up the names that Azure holds for deleted things.</param>
    /// <param name="stack">The stack that is deployed.</param>
    /// <param name="time">The clock.</param>
    public static IReadOnlyList<IProviderFactory> For(AzureSession azure, TargetCloud cloud, StackName stack, TimeProvider time) =>
    [
        new AzureNativeProviderFactory(Arm(azure), new AzureNativeProviderOptions { PurgeSoftDeleted = cloud == TargetCloud.Local || stack.Value == "dev" }, time),
    ];
}
