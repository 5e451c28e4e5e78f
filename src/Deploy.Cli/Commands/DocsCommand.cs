using System.CommandLine;
using System.Text.Json.Nodes;
using Deploy.Cli.Documents;

namespace Deploy.Cli.Commands;

/// <summary><c>deploy docs errors</c>: the pages of the documentation that are made of the code. For those who work on this repository, so not in the help.</summary>
internal static class DocsCommand
{
    public static Command Create(DeployProgram program) => new("docs", "Prints documentation that is made of the code.")
    {
        Hidden = true,
        Subcommands = { Errors(program) },
    };

    private static Command Errors(DeployProgram program)
    {
        var command = new Command("errors", "Prints docs/errors.md.");
        command.SetAction((parsed, _) => program.ExecuteAsync(parsed, context =>
        {
            var page = ErrorReference.Render(ErrorReference.Definitions());
            if (!context.Global.Json)
            {
                context.Streams.Output.Write(page);
            }

            return Task.FromResult(new Outcome { HasStack = false, Parts = new JsonObject { ["page"] = page } });
        }));
        return command;
    }
}
