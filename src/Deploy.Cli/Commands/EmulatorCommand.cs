using System.CommandLine;
using Deploy.Cli.Commands.LocalCloud;

namespace Deploy.Cli.Commands;

/// <summary><c>deploy emulator …</c>: the local Azure as a thing of its own.</summary>
internal static class EmulatorCommand
{
    public static Command Create(DeployProgram program) => new("emulator",
        """
        Runs the local Azure: Azure Resource Manager, sign-in and model inference on loopback.

        `deploy up` starts one for itself when none runs. Started by hand it stays, and other clients can use it.

        Examples:
          deploy emulator start
          eval "$(deploy emulator env)"      point Azure's and Pulumi's clients at it
          deploy emulator fault newlines mini
          deploy emulator clock --advance 14d
          deploy emulator snapshot before.json
          deploy emulator stop
        """)
    {
        StartCommand.Create(program),
        StatusCommand.Create(program),
        StopCommand.Create(program),
        ResetCommand.Create(program),
        EnvCommand.Create(program),
        FaultCommand.Create(program),
        ClockCommand.Create(program),
        RequestsCommand.Create(program),
        SnapshotCommand.Create(program),
        RestoreCommand.Create(program),
        SeedCommand.Create(program),
        TrustCommand.Create(program),
    };
}
