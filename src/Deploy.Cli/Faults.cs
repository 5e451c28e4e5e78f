using Deploy.Core;

namespace Deploy.Cli;

/// <summary>What an exception means to the user.</summary>
internal static class Faults
{
    /// <summary>The errors an exception stands for: what was expected as it is, an interruption as such, everything else as an internal error.</summary>
    public static IReadOnlyList<DeployError> Of(Exception exception, CommandContext context) => exception switch
    {
        FaultsException faults => faults.Faults,
        DeployException expected => [expected.Error],
        OperationCanceledException when context.Interrupt.Graceful.IsCancellationRequested =>
            [CliErrors.Cancelled.With("Interrupted; what was in flight has been finished and saved.")],
        _ => [CliErrors.Internal.With($"{exception.GetType().Name}: {exception.Message}")],
    };

    /// <summary>Whether the exception is shown raw: only on the user's wish, and only when nobody expected it.</summary>
    public static bool IsDebugged(Exception exception, CommandContext context) =>
        exception is not (FaultsException or DeployException or OperationCanceledException) && context.Streams.Variable("DEPLOY_DEBUG") is not null;
}
