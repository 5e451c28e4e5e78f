using Deploy.Core;
using Deploy.Engine.Projects;

namespace Deploy.Engine.Programs;

/// <summary>Runs a project's program as its runtime says: <c>dotnet</c> or <c>nodejs</c>.</summary>
/// <param name="project">The project.</param>
/// <param name="binary">A built program to run; null builds one when it has to.</param>
public sealed class ProjectProgramLauncher(Project project, string? binary) : IProgramLauncher
{
    /// <inheritdoc/>
    public async Task<ProgramResult> RunAsync(ProgramLaunch launch, CancellationToken cancellationToken)
    {
        try
        {
            var plan = project.Runtime switch
            {
                "dotnet" => await new DotnetProgram(project, binary).PlanAsync(launch, cancellationToken),
                "nodejs" => NodeProgram.Plan(project, launch),
                _ => throw new DeployException(EngineErrors.RuntimeUnsupported.With($"the runtime '{project.Runtime}' of project '{project.Name}' is not supported by the embedded engine")),
            };
            return new() { ExitCode = await ProgramProcess.RunAsync(plan, launch.OnOutput, cancellationToken) };
        }
        catch (DeployException exception)
        {
            return new() { ExitCode = (int)ExitCode.Generic, Error = exception.Error };
        }
    }
}
