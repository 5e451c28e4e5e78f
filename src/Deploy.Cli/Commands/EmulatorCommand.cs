using System.CommandLine;
using System.Text.Json.Nodes;
using Deploy.Cli.Composition;
using Deploy.Cli.Rendering;
using Deploy.Cli.Terminal;
using Deploy.Core;
using Deploy.Emulator;
using Deploy.Emulator.Faults;
using Spectre.Console;

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
          deploy emulator stop
        """)
    {
        Start(program), Status(program), Stop(program), Reset(program), Env(program), Fault(program),
    };

    private static Command Start(DeployProgram program)
    {
        var foreground = new Option<bool>("--foreground") { Description = "Stay in this terminal until Ctrl-C." };
        var detached = new Option<bool>("--detached") { Hidden = true };
        var lifecycle = new Option<string>("--lifecycle") { Description = "served: retired models can be deployed; real: refused, as on Azure.", HelpName = "WHICH", DefaultValueFactory = _ => "served" };
        lifecycle.AcceptOnlyFromAmong("served", "real");
        var delay = new Option<string?>("--operation-delay") { Description = "How long a long-running operation takes: 500ms, 2s (default: 0).", HelpName = "TIME" };
        var command = new Command("start", "Starts the local Azure in the background; it ends with `emulator stop`, or when its store disappears.") { foreground, detached, lifecycle, delay };
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, context =>
        {
            var options = LocalStore.Options(context, RootOf(context)) with
            {
                Lifecycle = parsed.GetValue(lifecycle) == "real" ? LifecycleServing.Real : LifecycleServing.ServeRetired,
                OperationDelay = ParseDelay(parsed.GetValue(delay)),
            };
            return parsed.GetValue(foreground) || parsed.GetValue(detached)
                ? HostAsync(context, options, parsed.GetValue(detached))
                : StartInBackgroundAsync(context, options);
        }));
        return command;
    }

    private static TimeSpan ParseDelay(string? text) => text is null ? TimeSpan.Zero : VerifyOptions.Parse(text)
        ?? throw new DeployException(CliErrors.BadArguments.With($"--operation-delay takes a time such as 500ms or 2s, not '{text}'."));

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

        return new Outcome { HasStack = false, Parts = new JsonObject { ["store"] = options.StorePath } };
    }

    private static async Task<Outcome> StartInBackgroundAsync(CommandContext context, LocalAzureOptions options)
    {
        var before = await LocalAzureControl.StatusAsync(options.StorePath, context.CancellationToken);
        if (!before.IsRunning)
        {
            await BackgroundProcess.StartAsync(context, options, context.CancellationToken);
        }

        var status = await LocalAzureControl.StatusAsync(options.StorePath, context.CancellationToken);
        context.Note(before.IsRunning ? "It was running already." : "Started.");
        return Report(context, status);
    }

    private static Command Status(DeployProgram program)
    {
        var command = new Command("status", "Says whether the local Azure runs, and where.");
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, async context =>
            Report(context, await LocalAzureControl.StatusAsync(StoreOf(context), context.CancellationToken))));
        return command;
    }

    private static Outcome Report(CommandContext context, LocalAzureStatus status)
    {
        if (!context.Global.Json)
        {
            var where = status.Connection is { } connection ? $"running at {connection.Https} (keys also at {connection.Http}), process {connection.ProcessId}" : "not running";
            context.Out.MarkupLineInterpolated($"Local Azure: {where}");
            context.Out.MarkupLineInterpolated($"  store: {status.StorePath}");
            if (status.IsRunning)
            {
                context.Out.MarkupLineInterpolated($"  resources: {status.Resources ?? 0}, fault rules: {status.Faults ?? 0}");
            }
        }

        return new Outcome
        {
            HasStack = false,
            Parts = new JsonObject
            {
                ["running"] = status.IsRunning,
                ["store"] = status.StorePath,
                ["https"] = status.Connection?.Https.AbsoluteUri,
                ["http"] = status.Connection?.Http.AbsoluteUri,
                ["certificate"] = status.Connection?.CertificatePath,
                ["processId"] = status.Connection?.ProcessId,
                ["resources"] = status.Resources,
                ["faults"] = status.Faults,
            },
        };
    }

    private static Command Stop(DeployProgram program)
    {
        var command = new Command("stop", "Ends the local Azure; its store stays.");
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, async context =>
        {
            var stopped = await LocalAzureControl.StopAsync(StoreOf(context), context.CancellationToken);
            context.Note(stopped ? "Stopped." : "It was not running.");
            return new Outcome { HasStack = false, Parts = new JsonObject { ["stopped"] = stopped } };
        }));
        return command;
    }

    private static Command Reset(DeployProgram program)
    {
        var command = new Command("reset", "Removes every resource of the local Azure; its certificate, ports and credential stay.");
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, async context =>
        {
            Ask.Confirm(context, "Remove every resource of the local Azure?");
            await LocalAzureControl.ResetAsync(StoreOf(context), context.CancellationToken);
            context.Note("The local Azure is empty.");
            return new Outcome { HasStack = false };
        }));
        return command;
    }

    private static Command Env(DeployProgram program)
    {
        var command = new Command("env",
            """
            Prints the variables that point Azure's and Pulumi's clients at the running local Azure, its client secret among them.

            Example:
              eval "$(deploy emulator env)"
            """);
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, async context =>
        {
            await using var azure = await LocalAzure.TryAttachAsync(StoreOf(context), context.CancellationToken)
                ?? throw new DeployException(CliErrors.EmulatorNotRunning.With("The local Azure is not running."));
            var variables = await EmulatorEnvironment.VariablesAsync(azure.Connection, context.Streams.Environment, context.CancellationToken);
            if (!context.Global.Json)
            {
                foreach (var (name, value) in variables)
                {
                    await context.Streams.Output.WriteLineAsync($"export {name}='{value.Replace("'", "'\\''", StringComparison.Ordinal)}'");
                }
            }

            return new Outcome
            {
                HasStack = false,
                Parts = new JsonObject { ["variables"] = new JsonObject(variables.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value)))) },
            };
        }));
        return command;
    }

    private static Command Fault(DeployProgram program)
    {
        var kind = new Argument<string>("kind") { Description = $"{string.Join(", ", FaultKinds.All)}, or none to remove every rule." };
        var endpoint = new Argument<string>("endpoint") { Description = "The endpoint, with or without its suffix; * for all.", DefaultValueFactory = _ => "*" };
        kind.AcceptOnlyFromAmong([.. FaultKinds.All, "none"]);
        var command = new Command("fault", "Makes an endpoint misbehave on purpose, until `emulator fault none`.") { kind, endpoint };
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, async context =>
        {
            // The rules live in the store, so a host is not needed for them to stay; one is started only to write them.
            await using var azure = await LocalAzure.AttachOrHostAsync(LocalStore.Options(context, RootOf(context)), context.CancellationToken);
            if (parsed.GetValue(kind) == "none")
            {
                await azure.ClearFaultsAsync(context.CancellationToken);
                context.Note("No fault rule is left.");
            }
            else
            {
                var rule = new FaultRule { Kind = parsed.GetValue(kind)!, Endpoint = parsed.GetValue(endpoint)! };
                await azure.AddFaultAsync(rule, context.CancellationToken);
                context.Note($"Fault '{rule.Kind}' is on for endpoint '{rule.Endpoint}'.");
            }

            return new Outcome { HasStack = false };
        }));
        return command;
    }

    private static string RootOf(CommandContext context) =>
        context.Global.Store is null ? StackLocator.FindProject(context).RootDirectory : context.Streams.WorkingDirectory;

    private static string StoreOf(CommandContext context) => LocalStore.PathOf(context, RootOf(context));
}
