using Deploy.Core;
using Deploy.Engine.Projects;

namespace Deploy.Cli.Composition;

/// <summary>Several stacks of the project, opened together. Disposing it lets go of all of them.</summary>
internal sealed class StackFleet : IAsyncDisposable
{
    private StackFleet(IReadOnlyList<StackSession> sessions) => Sessions = sessions;

    /// <summary>By name.</summary>
    public IReadOnlyList<StackSession> Sessions { get; }

    /// <summary>Opens every stack that has a settings file. Everything wrong with any of them comes out at once.</summary>
    /// <exception cref="FaultsException">A settings file is not valid.</exception>
    /// <exception cref="DeployException">There is none.</exception>
    public static async Task<StackFleet> OpenAllAsync(CommandContext context)
    {
        var project = StackLocator.FindProject(context);
        var names = ProjectReader.StackFiles(project);
        if (names.Count == 0)
        {
            // Says what is missing, and where.
            StackLocator.FindStack(context, project);
        }

        var sessions = new List<StackSession>();
        var faults = new List<DeployError>();
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            try
            {
                sessions.Add(await StackSession.OpenAsync(context with { Global = context.Global with { Stack = name } }));
            }
            catch (FaultsException exception)
            {
                faults.AddRange(exception.Faults);
            }
        }

        var fleet = new StackFleet(sessions);
        if (faults.Count > 0)
        {
            await fleet.DisposeAsync();
            throw new FaultsException(faults);
        }

        return fleet;
    }

    public async ValueTask DisposeAsync()
    {
        // The one that hosts a local Azure opened it before the others attached to it.
        foreach (var session in Sessions.Reverse())
        {
            await session.DisposeAsync();
        }
    }
}
