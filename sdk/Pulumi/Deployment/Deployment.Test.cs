using System.Collections.Immutable;
using Pulumi.Testing;

namespace Pulumi;

/// <content>Running a program against mocks. Runs are independent of each other and may overlap.</content>
public sealed partial class Deployment
{
    /// <summary>Runs the constructor of a stack; throws what the program reports as errors.</summary>
    /// <param name="mocks">Plays engine and providers.</param>
    /// <param name="options">What the program is told about its surroundings.</param>
    /// <returns>All resources, the stack among them.</returns>
    public static async Task<ImmutableArray<Resource>> TestAsync<TStack>(IMocks mocks, TestOptions? options = null)
        where TStack : Stack, new() => (await TestProgramAsync(mocks, options, StackProgram(CreateStack<TStack>)).ConfigureAwait(false)).Resources;

    /// <summary>Like <see cref="TestAsync{TStack}(IMocks, TestOptions?)"/>, with a stack that a service provider builds.</summary>
    public static async Task<ImmutableArray<Resource>> TestWithServiceProviderAsync<TStack>(IMocks mocks, IServiceProvider serviceProvider, TestOptions? options = null)
        where TStack : Stack => (await TestProgramAsync(mocks, options, StackProgram(() => ResolveStack<TStack>(serviceProvider))).ConfigureAwait(false)).Resources;

    /// <summary>Runs a program that creates resources.</summary>
    public static Task<ImmutableArray<Resource>> TestAsync(IMocks testMocks, TestOptions testOptions, Action createResources) => TestAsync(testMocks, testOptions, () =>
    {
        createResources();
        return Task.CompletedTask;
    });

    /// <summary>Runs an asynchronous program that creates resources.</summary>
    public static async Task<ImmutableArray<Resource>> TestAsync(IMocks testMocks, TestOptions testOptions, Func<Task> createResources)
    {
        var program = FunctionProgram(async () =>
        {
            await createResources().ConfigureAwait(false);
            return ImmutableDictionary<string, object?>.Empty;
        });
        return (await TestProgramAsync(testMocks, testOptions, program).ConfigureAwait(false)).Resources;
    }

    /// <summary>Runs a program that returns the stack outputs.</summary>
    public static Task<(ImmutableArray<Resource> Resources, IDictionary<string, object?> Outputs)> TestAsync(
        IMocks testMocks, TestOptions testOptions, Func<IDictionary<string, object?>> createResources) =>
        TestAsync(testMocks, testOptions, () => Task.FromResult(createResources()));

    /// <summary>Runs an asynchronous program that returns the stack outputs.</summary>
    public static Task<(ImmutableArray<Resource> Resources, IDictionary<string, object?> Outputs)> TestAsync(
        IMocks testMocks, TestOptions testOptions, Func<Task<IDictionary<string, object?>>> createResources) =>
        TestProgramAsync(testMocks, testOptions, FunctionProgram(createResources));

    private static async Task<(ImmutableArray<Resource> Resources, IDictionary<string, object?> Outputs)> TestProgramAsync(
        IMocks mocks, TestOptions? options, Func<Deployment, Task> program)
    {
        ArgumentNullException.ThrowIfNull(mocks);
        var settings = new ProgramSettings
        {
            Project = options?.ProjectName ?? "project",
            Stack = options?.StackName ?? "stack",
            Organization = options?.OrganizationName ?? "organization",
            RootDirectory = options?.RootDirectory ?? "projectRoot",
            IsDryRun = options?.IsPreview ?? true,
            Config = ProgramSettings.ParseConfig(Environment.GetEnvironmentVariable("PULUMI_CONFIG")),
        };
        var log = new MockEngineLog();
        var monitor = new MockMonitor(mocks, settings);
        var deployment = new Deployment(settings, monitor, log, options?.TimeProvider ?? TimeProvider.System);

        // Ends with this method, and other tests have their own.
        Ambient.Value = deployment;
        await deployment.RunToEndAsync(program).ConfigureAwait(false);
        return log.Errors switch
        {
            [] => (monitor.Resources, await deployment.Stack.Outputs.GetValueAsync(ImmutableDictionary<string, object?>.Empty).ConfigureAwait(false)),
            [var error] => throw new RunException(error),
            var errors => throw new AggregateException(errors.Select(error => new RunException(error))),
        };
    }
}
