using System.CommandLine;
using System.Net;
using System.Text.Json.Nodes;
using Deploy.Cli.Composition;
using Deploy.Core;
using Deploy.Emulator;

namespace Deploy.Cli.Commands.LocalCloud;

/// <summary><c>deploy emulator start</c>: in the background unless <c>--foreground</c>.</summary>
internal static class StartCommand
{
    public static Command Create(DeployProgram program)
    {
        var start = new StartOptions();
        var command = new Command("start",
            """
            Starts the local Azure in the background; it ends with `emulator stop`, or when its store disappears.

            Examples:
              deploy emulator start
              deploy emulator start --operation-delay 30s --clock 60x
              deploy emulator start --upstream http://127.0.0.1:11434/v1 --upstream-model phi3
            """);
        start.AddTo(command);
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, context =>
        {
            var options = start.Read(parsed, context);
            return start.StaysHere(parsed) ? HostAsync(context, options, start.IsDetached(parsed))
                : StartInBackgroundAsync(context, options);
        }));
        return command;
    }

    private static async Task<Outcome> HostAsync(CommandContext context, LocalAzureOptions options, bool detached)
    {
        if (detached)
        {
            BackgroundProcess.LeaveSession();
        }

        await using var azure = await LocalAzure.HostAsync(options, context.CancellationToken);
        if (!detached)
        {
            context.Note($"Local Azure at {azure.Connection.Https} (process {azure.Connection.ProcessId}); Ctrl-C ends it.");
        }

        try
        {
            await azure.WaitForShutdownAsync(context.CancellationToken);
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            // Ctrl-C is how a host in the foreground is ended.
        }

        return StoreAccess.Done(new JsonObject { ["store"] = options.StorePath });
    }

    private static async Task<Outcome> StartInBackgroundAsync(CommandContext context, LocalAzureOptions options)
    {
        if (options is { Listen: { } address, AllowRemote: false } && !IPAddress.IsLoopback(address))
        {
            throw new DeployException(EmulatorErrors.RemoteNotAllowed.With($"Others can reach {address}."));
        }

        var before = await LocalAzureControl.StatusAsync(options.StorePath, context.CancellationToken);
        if (!before.IsRunning)
        {
            await BackgroundProcess.StartAsync(context, options, context.CancellationToken);
        }

        var status = await LocalAzureControl.StatusAsync(options.StorePath, context.CancellationToken);
        context.Note(before.IsRunning ? "It was running already." : "Started.");
        return StatusCommand.Report(context, status);
    }
}
