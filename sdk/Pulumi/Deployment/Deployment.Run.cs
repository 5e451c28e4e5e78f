using System.Collections.Immutable;
using System.Reflection;
using Pulumi.Waiting;

namespace Pulumi;

/// <content>Running a program.</content>
public sealed partial class Deployment
{
    /// <summary>The program failed and has told the engine why.</summary>
    internal const int ExitAlreadyReported = 32;

    /// <summary>What messages about a run that is stuck call the code of the program.</summary>
    internal const string ProgramDescription = "the program";

    /// <summary>Runs a program that creates resources. Return the result from Main: it is the exit code of the process.</summary>
    /// <param name="action">The program.</param>
    public static Task<int> RunAsync(Action action) => RunAsync(() =>
    {
        action();
        return Task.CompletedTask;
    });

    /// <summary>Runs a program that returns the stack outputs.</summary>
    /// <param name="func">The program.</param>
    public static Task<int> RunAsync(Func<IDictionary<string, object?>> func) => RunAsync(() => Task.FromResult(func()));

    /// <summary>Runs an asynchronous program.</summary>
    /// <param name="func">The program.</param>
    public static Task<int> RunAsync(Func<Task> func) => RunAsync(async () =>
    {
        await func().ConfigureAwait(false);
        return (IDictionary<string, object?>)ImmutableDictionary<string, object?>.Empty;
    });

    /// <summary>Runs an asynchronous program that returns the stack outputs.</summary>
    /// <param name="func">The program.</param>
    /// <param name="options">What applies to all resources.</param>
    public static Task<int> RunAsync(Func<Task<IDictionary<string, object?>>> func, StackOptions? options = null) => RunProcessAsync(FunctionProgram(func, options));

    /// <summary>Runs a program that is the constructor of a stack.</summary>
    public static Task<int> RunAsync<TStack>()
        where TStack : Stack, new() => RunProcessAsync(StackProgram(CreateStack<TStack>));

    /// <summary>Runs a program that is the constructor of a stack which a service provider builds.</summary>
    /// <param name="serviceProvider">Knows <typeparamref name="TStack"/>.</param>
    public static Task<int> RunAsync<TStack>(IServiceProvider serviceProvider)
        where TStack : Stack
    {
        ArgumentNullException.ThrowIfNull(serviceProvider);
        return RunProcessAsync(StackProgram(() => ResolveStack<TStack>(serviceProvider)));
    }

    /// <summary>Runs a program with the environment given; what <see cref="RunProcessAsync"/> does but for the process.</summary>
    internal static async Task<int> RunAsync(Func<string, string?> environment, Func<Deployment, Task> program, TimeProvider timeProvider)
    {
        if (Ambient.Value is not null)
        {
            throw new InvalidOperationException("A run is in progress; Deployment.RunAsync is called once, from Main.");
        }

        var settings = ProgramSettings.FromEnvironment(environment);
        using var engine = new GrpcEngine(settings.Monitor, settings.Engine);
        var deployment = new Deployment(settings, engine, engine, timeProvider);

        // Ends with this method: an async method does not leak its ambient values to the caller.
        Ambient.Value = deployment;
        return await deployment.RunToEndAsync(program).ConfigureAwait(false);
    }

    internal static Func<Deployment, Task> FunctionProgram(Func<Task<IDictionary<string, object?>>> func, StackOptions? options = null) =>
        _ => new Stack(func, options).Outputs.DataTask;

    internal static Func<Deployment, Task> StackProgram(Func<Stack> create) => deployment =>
    {
        var waiter = new Waiter(ProgramDescription, deployment.Pulse);
        return waiter.RunAsync(() =>
        {
            var stack = waiter.Call(create);
            stack.RegisterPropertyOutputs();
            return stack.Outputs.GetDataAsync();
        });
    };

    private static TStack CreateStack<TStack>() =>
        (TStack)Activator.CreateInstance(typeof(TStack), BindingFlags.Instance | BindingFlags.Public | BindingFlags.DoNotWrapExceptions, binder: null, args: null, culture: null)!;

    private static TStack ResolveStack<TStack>(IServiceProvider serviceProvider)
        where TStack : Stack =>
        serviceProvider.GetService(typeof(TStack)) as TStack ?? throw new InvalidOperationException($"The service provider does not know {typeof(TStack).FullName}; register it first.");

    private static async Task<int> RunProcessAsync(Func<Deployment, Task> program)
    {
        var exitCode = await RunAsync(Environment.GetEnvironmentVariable, program, TimeProvider.System).ConfigureAwait(false);
        if (exitCode != 0)
        {
            // For programs whose Main does not return the result.
            Environment.ExitCode = exitCode;
        }

        return exitCode;
    }

    /// <summary>Completes when the run can never finish, with the reason; at the end of the run with null.</summary>
    private async Task<string?> WatchAsync(CancellationToken end)
    {
        try
        {
            var watchdog = new Watchdog(Pulse, Logger.WarnNowAsync, _timeProvider);
            return await watchdog.WatchAsync(end).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return null;
        }
        catch (LogException)
        {
            // A warning found no engine any more, so the run ends as one whose engine is gone.
            return null;
        }
        finally
        {
            Logger.Release();
        }
    }

    /// <summary>Runs the program and everything it starts.</summary>
    /// <returns>0, 32 when the engine knows what failed, 1 when an error was logged or could not be.</returns>
    private async Task<int> RunToEndAsync(Func<Deployment, Task> program)
    {
        // On another thread, so that a program that blocks does not keep this one from ending when the engine is gone.
        Runner.Register(Task.Run(() => program(this)));
        using var end = new CancellationTokenSource();
        var stuck = WatchAsync(end.Token);
        var report = new FailureReport(Logger);
        var isComplete = await Runner.WaitAsync(report.AddAsync, Task.WhenAny(_monitor.Closed, stuck)).ConfigureAwait(false);
        await end.CancelAsync().ConfigureAwait(false);
        var exitCode = await EndAsync(report, isComplete, await stuck.ConfigureAwait(false)).ConfigureAwait(false);
        await Callbacks.DisposeAsync().ConfigureAwait(false);
        return exitCode;
    }

    private async Task<int> EndAsync(FailureReport report, bool isComplete, string? stuck)
    {
        if (stuck is not null && !isComplete)
        {
            await report.AddAsync(new RunException(stuck)).ConfigureAwait(false);
            return Deployment.ExitAlreadyReported;
        }

        if (!isComplete)
        {
            await Console.Error.WriteLineAsync("The engine closed the connection before the program was finished.").ConfigureAwait(false);
            return report.ExitCode ?? ExitAlreadyReported;
        }

        var exitCode = report.ExitCode ?? (Logger.HasErrors ? 1 : 0);
        if (exitCode == 0)
        {
            await _monitor.SignalAndWaitForShutdownAsync().ConfigureAwait(false);
        }

        return exitCode;
    }
}
