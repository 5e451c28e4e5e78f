using System.CommandLine;

namespace Deploy.Cli.Commands;

/// <summary>Every verb, in the order of the help.</summary>
internal static class Verbs
{
    public static IReadOnlyList<Command> All(DeployProgram program) =>
    [
        UpCommand.Create(program),
        PreviewCommand.Create(program),
        RefreshCommand.Create(program),
        DestroyCommand.Create(program),
        VerifyCommand.Create(program),
        QuotaCommand.Create(program),
        PreflightCommand.Create(program),
        ModelsCommand.Create(program),
        ConfigCommand.Create(program),
        StackCommand.Create(program),
        EmulatorCommand.Create(program),
        DoctorCommand.Create(program),
        DocsCommand.Create(program),
    ];
}
