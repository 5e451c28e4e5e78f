using System.Globalization;
using System.Text.Json.Nodes;
using Deploy.Azure;
using Deploy.Azure.Arm;
using Deploy.Azure.Identity;

namespace Deploy.Verification.Tests.Quota.Oracle;

/// <summary>A control plane that tells of a world what the world lets it.</summary>
internal sealed class QuotaArm(QuotaWorld world, int seed) : IArmClient
{
    private const string Ml = "Microsoft.MachineLearningServices";
    private readonly Random _random = new(seed);
    private readonly Dictionary<string, JsonNode[]> _pages = [];

    public AzureSession Session => throw new NotSupportedException("Quota asks through the client only.");

    public Task<ArmResponse> SendAsync(ArmRequest request, CancellationToken cancellationToken) => Task.FromResult(Answer(request));

    public Task<ArmOperationResult> RunAsync(ArmRequest request, ArmOperationOptions options, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Quota changes nothing.");

    private ArmResponse Answer(ArmRequest request)
    {
        var (telling, path) = (world.Telling, request.Path);
        return _pages.TryGetValue(path, out var rest) ? Response(200, Page(rest))
            : path.EndsWith("/usages", StringComparison.Ordinal) ? List(telling.SeesSubscription ? telling.Usages : 403, () => telling.UsagesAreEmpty ? [] : [.. Usages()])
            : path.EndsWith("/vmSizes", StringComparison.Ordinal) ? List(telling.SeesSubscription ? telling.Sizes : 403, () => [.. Sizes()])
            : path.EndsWith("/resources", StringComparison.Ordinal) ? Resources(request.Query["$filter"])
            : Reply(telling.Stranger, () => Stranger(path));
    }

    private ArmResponse Resources(string filter) =>
        filter.Contains("/deployments'", StringComparison.Ordinal) ? List(world.Telling.Deployments, () => [.. Deployments()])
        : filter.Contains("onlineEndpoints", StringComparison.Ordinal) ? List(world.Telling.Endpoints, () => [.. Endpoints()])
        : List(world.Telling.Serverless, () => [.. Serverless()]);

    private IEnumerable<JsonNode> Usages()
    {
        if (world.Total is { } total)
        {
            yield return Usage("dedicatedCores", "Total Cluster Dedicated Regional vCPUs", total);
        }

        yield return Usage("totalCores", "Total Cluster Regional vCPUs", new(0, null));
        foreach (var family in world.Families.Where(item => !world.Telling.Missing.Contains(item.Id)))
        {
            yield return Usage("vmFamily", Spell(family), family.Pool);
            switch (_random.Next(8))
            {
                case 0:
                    yield return Usage("vmFamily", $"Standard {string.Concat(family.Words)} Family Cluster LowPriority vCPUs", new(0, 100000));
                    break;
                case 1:
                    yield return Usage("workspaces", Spell(family), new(0, 100000));
                    break;
                case 2:
                    yield return Usage("vmFamily", Spell(family), family.Pool with { Limit = family.Pool.Limit + 1000 });
                    break;
                default:
                    break;
            }
        }
    }

    private string Spell(WorldFamily family)
    {
        var bare = string.Join(Of("", " ", "_"), family.Words);
        var text = Of("Standard ", "standard", "STANDARD_", "") + bare + Of(" Family Cluster Dedicated vCPUs", "Family", "_Family_Cluster_Dedicated_vCPUs", "  family  cluster dedicated VCPUs ");
        return Of(text, text.ToUpperInvariant(), text.ToLower(CultureInfo.InvariantCulture));
    }

    private static JsonObject Usage(string kind, string name, WorldPool pool) => new()
    {
        ["id"] = $"/subscriptions/{QuotaWorld.Subscription}/providers/{Ml}/locations/{QuotaWorld.Location}/usages/{name.Replace(' ', '_')}",
        ["type"] = $"{Ml}/{kind}/usages",
        ["unit"] = "Count",
        ["currentValue"] = pool.Used,
        ["limit"] = pool.Limit ?? -1,
        ["name"] = new JsonObject { ["value"] = name, ["localizedValue"] = name },
    };

    private IEnumerable<JsonNode> Sizes() => world.Environments.SelectMany(item => item.Endpoints)
        .SelectMany(item => (item.Running ?? []).Select(one => one.Size).Append(item.Size))
        .Where(size => size.IsOffered && !size.IsListed)
        .Select(size => new JsonObject { ["name"] = Of(size.Name, size.Name.ToLowerInvariant()), ["family"] = size.Family, ["vCPUs"] = size.Cores, ["gpus"] = 1 });

    private IEnumerable<JsonNode> Endpoints() =>
    [
        .. Own().Select(item => Resource(item.Id, "onlineEndpoints")),
        .. Others(world.OtherEndpoints).Select(number => Resource($"{Elsewhere}/onlineEndpoints/other{number}", "onlineEndpoints", number < world.Telling.Placeless)),
        .. Others(2).Select(number => Resource($"{Elsewhere}/onlineEndpoints/far{number}", "onlineEndpoints", location: "westus")),
    ];

    private IEnumerable<JsonNode> Deployments() =>
    [
        .. Own().SelectMany(item => item.Endpoint.Running!.Select(one => Resource($"{item.Id}/deployments/{one.Name}", "onlineEndpoints/deployments"))),
        .. Others(world.OtherDeployments).Select(number => Resource($"{Elsewhere}/onlineEndpoints/other0/deployments/d{number}", "onlineEndpoints/deployments")),
    ];

    private IEnumerable<JsonNode> Serverless() =>
    [
        .. world.Environments.SelectMany(environment => environment.Serverless.Concat(environment.Leftovers).Where(item => item.HeldModel is not null)
            .Select(item => Resource($"{QuotaWorld.Workspace(environment.Stack.Value, item.Project)}/serverlessEndpoints/{item.Name}", "serverlessEndpoints"))),
        .. world.Strangers.Select((item, number) => Resource($"{item.Workspace}/serverlessEndpoints/stranger{number}", "serverlessEndpoints")),
    ];

    // Whoever sees only the environments' resource groups gets a shorter list, and status 200.
    private IEnumerable<int> Others(int count) => Enumerable.Range(0, world.Telling.SeesSubscription ? count : 0);

    private IEnumerable<(string Id, WorldEndpoint Endpoint)> Own() => world.Environments.SelectMany(environment => environment.Endpoints
        .Where(item => item.Running is not null)
        .Select(item => ($"{QuotaWorld.Workspace(environment.Stack.Value, item.Project)}/onlineEndpoints/{item.Name}", item)));

    private static string Elsewhere => $"/subscriptions/{QuotaWorld.Subscription}/resourceGroups/other/providers/{Ml}/workspaces/other";

    private JsonObject Resource(string id, string type, bool placeless = false, string location = QuotaWorld.Location)
    {
        var resource = new JsonObject { ["id"] = Of(id, id.Replace("resourceGroups", "resourcegroups", StringComparison.Ordinal)), ["type"] = $"{Ml}/workspaces/{type}" };
        if (!placeless)
        {
            resource["location"] = location == QuotaWorld.Location ? Of(location, "East US 2") : location;
        }

        return resource;
    }

    private JsonObject Stranger(string path) => new()
    {
        ["properties"] = new JsonObject
        {
            ["modelSettings"] = new JsonObject { ["modelId"] = $"azureml://registries/azureml/models/{world.Strangers[int.Parse(path[(path.LastIndexOf("stranger", StringComparison.Ordinal) + 8)..], CultureInfo.InvariantCulture)].Model}" },
        },
    };

    private ArmResponse List(int status, Func<JsonNode[]> rows) => Reply(status, () => Page(rows()));

    // Long lists come in pages, and Azure decides where they part.
    private JsonObject Page(JsonNode[] rows)
    {
        var first = rows.Length > 1 && _random.Next(4) == 0 ? _random.Next(rows.Length) : rows.Length;
        var page = new JsonObject { ["value"] = new JsonArray(rows[..first]) };
        if (first < rows.Length)
        {
            var next = $"https://management.azure.com/page/{_pages.Count}";
            _pages[next] = rows[first..];
            page["nextLink"] = next;
        }

        return page;
    }

    private static ArmResponse Reply(int status, Func<JsonNode> body) => status switch
    {
        200 => Response(200, body()),
        // An answer that is no JSON at all: a proxy's page.
        0 => Response(200, null),
        _ => Response(status, new JsonObject { ["error"] = new JsonObject { ["code"] = "Refused", ["message"] = "no" } }),
    };

    private static ArmResponse Response(int status, JsonNode? body) => new()
    {
        Status = status,
        Headers = new Dictionary<string, string>(),
        Body = body,
        Text = body is null ? "<html>" : null,
        Subject = "GET",
    };

    private T Of<T>(params T[] values) => values[_random.Next(values.Length)];
}
