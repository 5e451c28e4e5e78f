using Deploy.Emulator;

namespace Deploy.Cli.Composition;

/// <summary>Where the local Azure of a project keeps its things.</summary>
internal static class LocalStore
{
    public static string PathOf(CommandContext context, string projectDirectory) => context.Global.Store is { } store
        ? Path.GetFullPath(store, context.Streams.WorkingDirectory)
        : Path.Combine(projectDirectory, ".deploy", "azure");

    public static LocalAzureOptions Options(CommandContext context, string projectDirectory) => new()
    {
        StorePath = PathOf(context, projectDirectory),
        TimeProvider = context.Streams.TimeProvider,
    };
}
