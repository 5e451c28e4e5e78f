using System.CommandLine;

namespace Deploy.Cli.Options;

/// <summary>What the user wants to see of a run of the engine.</summary>
/// <param name="AllProperties">Also the properties of what is created and deleted.</param>
/// <param name="EventLog">A file for the engine's events; null for none.</param>
internal sealed record DisplayArgs(bool AllProperties, string? EventLog);

/// <summary>The options that say how much of a run is shown.</summary>
internal sealed class DisplayOptions
{
    private readonly Option<bool> _diff = new("--diff") { Description = "Show every property of what is created or deleted, too; secrets are masked." };

    private readonly Option<string?> _eventLog = new("--event-log") { Description = "Write the engine's events to a file, a line of JSON each.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Options.Add(_diff);
        command.Options.Add(_eventLog);
    }

    public DisplayArgs Read(ParseResult parsed) => new(parsed.GetValue(_diff), parsed.GetValue(_eventLog));
}
