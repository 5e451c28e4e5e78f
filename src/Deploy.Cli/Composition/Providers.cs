using Deploy.Azure;
using Deploy.Azure.Arm;
using Deploy.Azure.MachineLearning;
using Deploy.Core;
using Deploy.Engine.Providers;
using Deploy.Environments.Settings;

namespace Deploy.Cli.Composition;

/// <summary>The clients of one session's Azure.</summary>
internal static class Providers
{
    public static IArmClient Arm(AzureSession azure) => new ArmClient(azure);

    public static IMachineLearningReads Reads(AzureSession azure) => new ArmMachineLearningReads(Arm(azure));

    /// <summary>The packages that programs can use.</summary>
    public static IReadOnlyList<IProviderFactory> For(AzureSession azure, TargetCloud cloud, StackName stack) => [];
}
