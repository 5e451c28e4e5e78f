using System.Text.Json.Nodes;
using Azure.Core;
using Deploy.Core;
using Deploy.Engine.Projects;
using Deploy.Engine.State;

namespace Deploy.Cli.Composition;

/// <summary>The resource IDs that stacks of the project hold by their states.</summary>
/// <param name="Ids">Compared without case.</param>
/// <param name="Unread">The stacks whose state could not be read, and why; null when all could.</param>
internal sealed record HeldByProject(IReadOnlySet<string> Ids, string? Unread)
{
    /// <summary>Reads every stack that has state, with settings file or without; and with the Pulumi CLI as engine, those of its backend that have a settings file.</summary>
    public static async Task<HeldByProject> ReadAsync(CommandContext context, StackSession session)
    {
        var ids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var unread = new List<string>();
        var backend = StackLocator.OpenBackend(context, session.Project);
        foreach (var stack in backend.ListStacks(session.Project.Name).Select(listing => listing.Name))
        {
            await TryAsync(stack, () => EmbeddedAsync(backend.Stack(session.Project.Name, stack), context.CancellationToken));
        }

        foreach (var stack in session.Pulumi is null ? [] : ProjectReader.StackFiles(session.Project))
        {
            await TryAsync(stack, () => PulumiAsync(session.Pulumi!, stack, context.CancellationToken));
        }

        return new HeldByProject(ids, unread.Count == 0 ? null : string.Join("; ", unread));

        async Task TryAsync(string stack, Func<Task<JsonNode?>> read)
        {
            try
            {
                ids.UnionWith(IdsOf(await read()));
            }
            catch (DeployException exception)
            {
                unread.Add($"the state of stack {stack}: {exception.Error.Message}");
            }
        }
    }

    // IDs are never secret, so no passphrase is asked for. What a killed run left in a journal would need one, and then the stack is one that cannot be read.
    private static async Task<JsonNode?> EmbeddedAsync(StackStore store, CancellationToken cancellationToken) =>
        await store.ExportAsync(new PassphraseSecretsProvider(new PassphraseSource()), showSecrets: false, cancellationToken);

    private static async Task<JsonNode?> PulumiAsync(PulumiProcess pulumi, string stack, CancellationToken cancellationToken) =>
        StackName.TryParse(stack) is { } name && await pulumi.For(name).ReadAsync(["stack", "export"], static _ => { }, cancellationToken) is { } text ? JsonNode.Parse(text) : null;

    private static IEnumerable<string> IdsOf(JsonNode? state) =>
        (state?["deployment"]?["resources"]?.AsArray() ?? [])
            .Select(resource => (string?)resource?["id"])
            .Where(id => id?.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase) == true)
            .Select(id => new ResourceIdentifier(id!).ToString());
}
