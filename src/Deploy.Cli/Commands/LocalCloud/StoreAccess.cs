using System.Text.Json.Nodes;
using Deploy.Cli.Composition;
using Deploy.Emulator;

namespace Deploy.Cli.Commands.LocalCloud;

/// <summary>Finds the store that an <c>emulator</c> command means, and its host.</summary>
internal static class StoreAccess
{
    public static string PathOf(CommandContext context) => LocalStore.PathOf(context, RootOf(context));

    public static LocalAzureOptions Options(CommandContext context) => LocalStore.Options(context, RootOf(context));

    /// <summary>The running local Azure, or one that this command hosts for as long as it runs: what is changed lies in the store.</summary>
    public static Task<LocalAzure> OpenAsync(CommandContext context) => LocalAzure.AttachOrHostAsync(Options(context), context.CancellationToken);

    public static Outcome Done(JsonObject parts, bool hasTouched = false) => new() { HasStack = false, HasTouched = hasTouched, Parts = parts };

    private static string RootOf(CommandContext context) =>
        context.Global.Store is null ? StackLocator.FindProject(context).RootDirectory : context.Streams.WorkingDirectory;
}
