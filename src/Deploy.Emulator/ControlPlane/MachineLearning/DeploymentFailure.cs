using Deploy.Emulator.ControlPlane.LongRunning;

namespace Deploy.Emulator.ControlPlane.MachineLearning;

/// <summary>How Azure ends an operation on an online endpoint: a code of "Troubleshoot online endpoint deployment", what was wrong, and where the code is explained.</summary>
internal static class DeploymentFailure
{
    /// <param name="code">Such as <c>ResourceNotReady</c>.</param>
    /// <param name="reason">A sentence.</param>
    /// <param name="status">Of an operation that is followed by <c>Location</c>.</param>
    public static OperationFailure Of(string code, string reason, int status = 400) =>
        new(code, $"{reason} Please see troubleshooting guide, available here: https://aka.ms/oe-tsg#error-{code.ToLowerInvariant()}", status);
}
