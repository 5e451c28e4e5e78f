using Deploy.Core;
using Spectre.Console;

namespace Deploy.Cli.Terminal;

/// <summary>Questions to a person; only asked when there is one.</summary>
internal static class Ask
{
    /// <exception cref="DeployException">Nobody is there to ask, or the answer is no.</exception>
    public static void Confirm(CommandContext context, string question)
    {
        if (context.Global.Yes)
        {
            return;
        }

        if (!context.IsInteractive)
        {
            throw new DeployException(CliErrors.NotConfirmed.With("This would change resources, and there is no terminal to ask on."));
        }

        context.Error.MarkupInterpolated($"[bold]{question}[/] (y/N) ");
        var answer = context.Streams.Input.ReadLine()?.Trim();
        if (answer is not ("y" or "Y" or "yes" or "Yes"))
        {
            throw new DeployException(CliErrors.Declined.With("Nothing was changed."));
        }
    }

    public static string Secret(CommandContext context, string question) =>
        context.Error.Prompt(new TextPrompt<string>(Markup.Escape(question) + ":").Secret(null).AllowEmpty());
}
