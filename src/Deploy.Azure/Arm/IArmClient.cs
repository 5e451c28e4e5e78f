using Deploy.Core;

namespace Deploy.Azure.Arm;

/// <summary>The control plane of one cloud, seen by one identity.</summary>
public interface IArmClient
{
    AzureSession Session { get; }

    /// <summary>
    /// Sends one request; repeats it on 408, 429 and 5xx, waiting as <c>Retry-After</c> says. Error statuses are returned.
    /// </summary>
    /// <exception cref="DeployException">No answer at all (<see cref="AzureErrors.Unreachable"/>), no token (<see cref="AzureErrors.SignInFailed"/>), or an address outside the cloud.</exception>
    Task<ArmResponse> SendAsync(ArmRequest request, CancellationToken cancellationToken);

    /// <summary>Sends one request and follows it until it ends. Failure of the operation is returned.</summary>
    /// <exception cref="DeployException">As for <see cref="SendAsync"/>.</exception>
    Task<ArmOperationResult> RunAsync(ArmRequest request, ArmOperationOptions options, CancellationToken cancellationToken);
}
