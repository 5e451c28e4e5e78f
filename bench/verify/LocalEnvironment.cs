using System.Text.Json.Nodes;
using Azure.Core;
using Bench.Engine;
using Deploy.Azure.Arm;
using Deploy.Azure.Identity;
using Deploy.Azure.MachineLearning;
using Deploy.Emulator;

namespace Bench.Verify;

/// <summary>Stack <c>local</c> of this repository in a folder of its own, deployed, with its local Azure running in this process.</summary>
internal sealed class LocalEnvironment : IAsyncDisposable
{
    private readonly LocalAzure _azure;

    private LocalEnvironment(string folder, LocalAzure azure, IReadOnlyList<(Uri Uri, string Key)> endpoints)
    {
        Folder = folder;
        _azure = azure;
        Endpoints = endpoints;
    }

    public string Folder { get; }

    /// <summary>Base URI and key of each endpoint.</summary>
    public IReadOnlyList<(Uri Uri, string Key)> Endpoints { get; }

    public string Certificate => Path.Combine(Store(Folder), "certificate.pem");

    public static async Task<LocalEnvironment> CreateAsync(Published ours)
    {
        var folder = Directory.CreateTempSubdirectory("deploy-bench-").FullName;
        var project = await File.ReadAllTextAsync(Path.Combine(Places.Root, "Pulumi.yaml"));
        await File.WriteAllTextAsync(Path.Combine(folder, "Pulumi.yaml"), project.Replace("main: infra", $"main: {Path.GetRelativePath(folder, Path.Combine(Places.Root, "infra"))}", StringComparison.Ordinal));
        Directory.CreateDirectory(Path.Combine(folder, "stacks"));
        File.Copy(Path.Combine(Places.Root, "stacks", "Pulumi.local.yaml"), Path.Combine(folder, "stacks", "Pulumi.local.yaml"));
        var azure = await LocalAzure.HostAsync(new LocalAzureOptions { StorePath = Store(folder), TimeProvider = TimeProvider.System }, CancellationToken.None);
        await ours.RunAsync(folder, new Dictionary<string, string?>(), "up", "-s", "local", "--yes", "--skip-verify");
        var outputs = await ours.RunAsync(folder, new Dictionary<string, string?>(), "stack", "output", "endpoints", "-s", "local", "-o", "json");
        return new LocalEnvironment(folder, azure, await KeysAsync(azure.Connection, JsonNode.Parse(outputs.Output)!["outputs"]!["endpoints"]!.AsArray()));
    }

    public async ValueTask DisposeAsync()
    {
        await _azure.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task<IReadOnlyList<(Uri Uri, string Key)>> KeysAsync(LocalAzureConnection connection, JsonArray endpoints)
    {
        var session = AzureSessions.ForLocal(new LocalAzureSettings
        {
            ResourceManager = connection.Https,
            Certificate = connection.Certificate,
            SubscriptionId = connection.SubscriptionId,
            TenantId = connection.TenantId,
            ClientId = connection.ClientId,
            ClientSecret = connection.ClientSecret,
        });
        var reads = new ArmMachineLearningReads(new ArmClient(session));
        var found = new List<(Uri, string)>();
        foreach (var endpoint in endpoints)
        {
            var keys = await reads.ListKeysAsync(new ResourceIdentifier((string)endpoint!["resourceId"]!), CancellationToken.None);
            found.Add((new Uri((string)endpoint["uri"]!), keys.Value!.Primary.Reveal()));
        }

        return found;
    }

    private static string Store(string folder) => Path.Combine(folder, ".deploy", "azure");
}
