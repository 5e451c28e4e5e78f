using Deploy.Core;

namespace Deploy.Preflight.Checks;

/// <summary>Makes <see cref="PreflightCheck"/> values.</summary>
internal static class Findings
{
    public static PreflightCheck Pass(string id, string message) => new() { Id = id, Status = PreflightStatus.Pass, Message = message };

    public static PreflightCheck Warn(string id, DeployError error) => Of(id, PreflightStatus.Warn, error);

    public static PreflightCheck Fail(string id, DeployError error) => Of(id, PreflightStatus.Fail, error);

    public static PreflightCheck Unverified(string id, DeployError error) => Of(id, PreflightStatus.Unverified, error);

    /// <summary>The answer of every check that has no way to Azure.</summary>
    public static PreflightCheck NotAsked(string id, string question) =>
        Unverified(id, PreflightErrors.NotAsked.With($"{question} is not known, because Azure was not asked."));

    private static PreflightCheck Of(string id, PreflightStatus status, DeployError error) => new() { Id = id, Status = status, Message = error.Message, Error = error };
}
