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
    /// <param name="session">Whose Azure every provider uses. Only a local one, and the stack dev, give up the names that Azure holds for deleted things.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the connecting.</param>
    public static IReadOnlyList<IProviderFactory> For(StackSession session, TimeProvider time, CancellationToken cancellationToken) =>
    [
        new AzureNativeProviderFactory(
            async (_, _) => Arm(await session.AzureAsync(cancellationToken)),
            new AzureNativeProviderOptions { PurgeSoftDeleted = session.Cloud == TargetCloud.Local || session.Name.Value == "dev" },
            time),
    ];
}
