using Deploy.Emulator.ControlPlane.LongRunning;
using Deploy.Emulator.ControlPlane.MachineLearning;

namespace Deploy.Emulator.Faults;

/// <summary>
/// Failures of online deployments whose cause no local Azure can have: a container, an image build, a data centre. A rule calls them by their code, or by code and case
/// (<c>OutOfQuota/disk</c>), and gets the words of users' reports where there are any, else those of "Troubleshoot online endpoint deployment".
/// </summary>
internal static class DocumentedFailures
{
    private static readonly Dictionary<string, OperationFailure> ByName = new(StringComparer.Ordinal)
    {
        ["ImageBuildFailure"] = DeploymentFailure.Of("ImageBuildFailure", "The image build failed. The build log is available in the workspace blob store under the path \"/azureml/ImageLogs/local/build.log\"."),
        ["ImageBuildFailure/authorization"] = DeploymentFailure.Of("ImageBuildFailure", "The image build failed: container registry authorization failure."),
        ["ImageBuildFailure/timeout"] = DeploymentFailure.Of("ImageBuildFailure", "The image build timed out. The build log is available in the workspace blob store under the path \"/azureml/ImageLogs/local/build.log\"."),

        // As users of Microsoft's labs on managed endpoints report it.
        ["OutOfQuota/memory"] = DeploymentFailure.Of("OutOfQuota", "Container terminated due to insufficient memory."),
        ["OutOfQuota/disk"] = DeploymentFailure.Of("OutOfQuota", "The size of the model is larger than the available disk space, and the model can't be downloaded."),
        ["OutOfQuota/cluster"] = DeploymentFailure.Of("OutOfQuota", "Not enough Azure Machine Learning compute cluster quota."),
        ["OutOfQuota/capacity"] = DeploymentFailure.Of("OutOfQuota", "Due to a lack of Azure Machine Learning capacity in the region, the service failed to provision the specified VM size."),
        ["BadArgument/template"] = DeploymentFailure.Of("BadArgument", "Invalid template function specification."),
        ["BadArgument/image"] = DeploymentFailure.Of("BadArgument", "Unable to download user container image."),
        ["BadArgument/model"] = DeploymentFailure.Of("BadArgument", "Unable to download user model."),

        // Azure/mlops-v2 issue 120, MicrosoftLearning/mslearn-azure-ml issue 100.
        ["ResourceNotReady"] = DeploymentFailure.Of("ResourceNotReady", "User container has crashed or terminated."),
        ["ResourceNotReady/liveness"] = DeploymentFailure.Of("ResourceNotReady", "User container has crashed or terminated: Liveness probe failed: HTTP probe failed with statuscode: 502."),
        ["OperationCanceled/lock"] = DeploymentFailure.Of("OperationCanceled", "Operation was canceled due to a previous operation waiting for lock confirmation.", 409),
        ["InternalServerError"] = DeploymentFailure.Of("InternalServerError", "Internal error.", 500),
    };

    /// <summary>Every name that a rule can use as its code, in the order of the documentation.</summary>
    public static IEnumerable<string> Names => ByName.Keys;

    /// <summary>Null when the code is nobody's name: then the rule says everything itself.</summary>
    public static OperationFailure? Find(string code) => ByName.GetValueOrDefault(code);
}
