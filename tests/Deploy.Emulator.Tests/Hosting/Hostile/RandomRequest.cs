using System.Text;
using System.Text.Json.Nodes;
using Deploy.Emulator.Tests.DataPlane;

namespace Deploy.Emulator.Tests.Hosting.Hostile;

/// <summary>One request drawn from a seed: mostly right, somewhere wrong.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">Path and query, as they go over the wire.</param>
/// <param name="Headers">Without Host.</param>
/// <param name="Body">May be empty.</param>
/// <param name="HasCredential">Whether a key or token that is good for something came along.</param>
internal sealed record RandomRequest(string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body, bool HasCredential)
{
    private static readonly string[] Methods = ["GET", "GET", "PUT", "PUT", "POST", "POST", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW"];
    private static readonly string[] Segments =
    [
        "subscriptions", "resourceGroups", "providers", "Microsoft.MachineLearningServices", "Microsoft.Storage", "Microsoft.Authorization", "Microsoft.Resources", "Microsoft.KeyVault", "workspaces", "serverlessEndpoints",
        "onlineEndpoints", "deployments", "storageAccounts", "vaults", "roleAssignments", "connections", "locations", "eastus2", "usages", "quotas", "vmSizes", "mini", "hub", "project", "phi-rg", "listKeys", "token",
        "serverless", "online", "info", "chat", "completions", "v1", "score", ".local", "status", "stop", "oauth2", "v2.0", "metadata", "endpoints", "common", "discovery", "keys", "operationresults", "resources",
        "..", "%2e%2e", "%00", "%2f", "%5c", "%ff", "%25", "", ".", "*", "ä", "a b", "$x", "'", "\"", "-1", "2147483648", new('n', 300),
    ];

    private static readonly string[] Kept = ["phi-rg", "hub", "project", "mini"];
    private static readonly string[] Queries = ["", "?", "?api-version=2024-10-01", "?api-version=2024-10-01", "?api-version=2024-03-01", "?api-version=2024-05-01-preview", "?api-version=", "?api-version=1&api-version=2", "?$filter=a eq 'b'&api-version=2022-12-01", "?$top=-1&api-version=2022-12-01", "?%00", "?api-version=%ff"];
    private static readonly JsonNode?[] Values = [null, "", "x", "\u0000", "Enabled", "system", -1, 0, 1, 0.5, 1e300, long.MaxValue, true, false, new JsonArray(), new JsonObject(), new JsonArray(1, "a", null), new JsonObject { ["type"] = 5 }, "2024-13-45", "azureml://registries/azureml/models/Phi-4", new string('y', 5000)];
    private static readonly string[] Names = ["messages", "role", "content", "stop", "n", "location", "properties", "identity", "type", "sku", "capacity", "tags", "traffic", "authMode", "modelSettings", "modelId", "kind", "keyType", "requestSettings", "", "\u00e4"];

    public static RandomRequest Draw(Random random, Endpoints endpoint)
    {
        var cloud = endpoint.Cloud;
        var (method, path, body) = Valid(random, endpoint);
        var isInference = path.StartsWith("/serverless", StringComparison.Ordinal);
        var (credential, isGood) = random.Next(8) switch
        {
            0 => ("", false),
            1 => (random.Next(3) switch { 0 => "Bearer x", 1 => "Basic eDp5", _ => "Bearer a.b.c" }, false),
            _ => (isInference ? $"Bearer {endpoint.Key}" : cloud.Client.DefaultRequestHeaders.Authorization!.ToString(), true),
        };
        if (random.Next(6) == 0)
        {
            method = Pick(random, Methods);
        }

        if (random.Next(4) == 0)
        {
            path = Bent(random, path);
        }

        // What the others of a batch need stays.
        if (method == "DELETE" && Kept.Any(name => path.Split('?')[0].TrimEnd('/').EndsWith(name, StringComparison.OrdinalIgnoreCase)))
        {
            method = "GET";
        }

        var headers = new List<(string, string)>();
        if (credential.Length > 0)
        {
            headers.Add(("Authorization", credential));
        }

        if (random.Next(4) == 0)
        {
            headers.Add((Pick(random, ["If-Match", "If-None-Match", "extra-parameters", "azureml-model-deployment", "x-ms-client-request-id", "api-key", "x-local-key", "Content-Type", "Accept", "Expect"]), Pick(random, ["*", "x", "\"0\"", "pass-through", "drop", new string('z', 100), "a/b", "application/json", "text/plain; charset=utf-7"])));
        }

        return new RandomRequest(method, path, headers, body is null ? [] : Bytes(random, body), isGood);
    }

    private static (string Method, string Path, JsonObject? Body) Valid(Random random, Endpoints endpoint)
    {
        var cloud = endpoint.Cloud;
        var name = $"r{random.Next(20)}";
        return random.Next(11) switch
        {
            0 or 1 => ("POST", $"{endpoint.Path}/{Pick(random, ["chat/completions", "v1/chat/completions", "completions", "embeddings"])}", Chat()),
            2 => ("GET", $"{endpoint.Path}/{Pick(random, ["info", "v1/models", "", "swagger.json"])}", null),
            3 => ("PUT", $"{cloud.Resource("Microsoft.Storage/storageAccounts", name + "store")}?api-version=2024-01-01", new JsonObject { ["location"] = "eastus2", ["sku"] = new JsonObject { ["name"] = "Standard_LRS" }, ["kind"] = "StorageV2" }),
            4 => ("PUT", $"{cloud.Serverless(name)}?api-version={LocalCloud.Ml}", new JsonObject
            {
                ["location"] = "eastus2",
                ["properties"] = new JsonObject { ["authMode"] = "Key", ["modelSettings"] = new JsonObject { ["modelId"] = "azureml://registries/azureml/models/Phi-4" }, ["contentSafety"] = new JsonObject { ["contentSafetyStatus"] = "Enabled" } },
            }),
            5 => ("PUT", $"{cloud.Online(name + "x")}?api-version={LocalCloud.Ml}", new JsonObject { ["location"] = "eastus2", ["identity"] = new JsonObject { ["type"] = "SystemAssigned" }, ["properties"] = new JsonObject { ["authMode"] = "Key", ["traffic"] = new JsonObject() } }),
            6 => ("PUT", $"{cloud.Online("r1x")}/deployments/{name}d?api-version={LocalCloud.Ml}", new JsonObject
            {
                ["location"] = "eastus2",
                ["sku"] = new JsonObject { ["name"] = "Default", ["capacity"] = 1 },
                ["properties"] = new JsonObject { ["endpointComputeType"] = "Managed", ["model"] = "azureml://registries/azureml/models/Phi-3-medium-128k-instruct/versions/7", ["instanceType"] = "Standard_NC48ads_A100_v4", ["requestSettings"] = new JsonObject { ["requestTimeout"] = "PT5S" } },
            }),
            7 => ("PUT", $"{cloud.GroupId}/providers/Microsoft.Authorization/roleAssignments/{Guid.NewGuid()}?api-version=2022-04-01", new JsonObject { ["properties"] = new JsonObject { ["roleDefinitionId"] = "x", ["principalId"] = "y" } }),
            8 => ("PUT", $"{cloud.Resource("Microsoft.Resources/deployments", name)}?api-version=2021-04-01", new JsonObject { ["properties"] = new JsonObject { ["mode"] = "Incremental", ["template"] = new JsonObject { ["resources"] = new JsonArray() } } }),
            9 => ("GET", $"{cloud.Workspace(Pick(random, ["hub", "project"]))}?api-version={LocalCloud.Ml}", null),
            _ => (Pick(random, Methods), "/" + string.Join('/', Enumerable.Range(0, random.Next(10)).Select(_ => Pick(random, Segments))) + Pick(random, Queries), random.Next(2) == 0 ? null : Chat()),
        };
    }

    private static JsonObject Chat() => new() { ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "417 + 388" }), ["temperature"] = 0.5, ["max_tokens"] = 10, ["stop"] = new JsonArray("x"), ["stream"] = false };

    // One segment replaced, added or taken away, or another query.
    private static string Bent(Random random, string path)
    {
        var at = path.IndexOf('?', StringComparison.Ordinal);
        var (head, query) = at < 0 ? (path, "") : (path[..at], path[at..]);
        var segments = head.Split('/').ToList();
        var index = random.Next(1, segments.Count);
        switch (random.Next(4))
        {
            case 0:
                segments[index] = Pick(random, Segments);
                break;
            case 1:
                segments.Insert(index, Pick(random, Segments));
                break;
            case 2:
                segments.RemoveAt(index);
                break;
            default:
                query = Pick(random, Queries);
                break;
        }

        return string.Join('/', segments) is { Length: > 0 } bent ? bent + query : "/" + query;
    }

    private static byte[] Bytes(Random random, JsonObject body)
    {
        for (var change = random.Next(4); change > 0; change--)
        {
            Change(random, body);
        }

        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        if (random.Next(8) == 0 && bytes.Length > 0)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return random.Next(20) == 0 ? bytes[..random.Next(bytes.Length + 1)] : bytes;
    }

    private static void Change(Random random, JsonObject body)
    {
        var objects = new List<JsonObject>();
        Collect(body, objects);
        var chosen = objects[random.Next(objects.Count)];
        var name = chosen.Count > 0 && random.Next(3) > 0 ? chosen.ElementAt(random.Next(chosen.Count)).Key : Pick(random, Names);
        chosen[name] = Pick(random, Values)?.DeepClone();
    }

    private static void Collect(JsonNode? node, List<JsonObject> objects)
    {
        if (node is JsonObject found)
        {
            objects.Add(found);
            found.ToList().ForEach(pair => Collect(pair.Value, objects));
        }
        else if (node is JsonArray list)
        {
            list.ToList().ForEach(item => Collect(item, objects));
        }
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];

    /// <summary>As it goes over the wire, the connection to be closed after it.</summary>
    public byte[] Wire() =>
    [
        .. Encoding.UTF8.GetBytes($"{Method} {Target.Replace(' ', '+')} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{string.Concat(Headers.Select(header => $"{header.Name}: {header.Value}\r\n"))}{(Body.Length > 0 ? $"Content-Length: {Body.Length}\r\n" : "")}\r\n"),
        .. Body,
    ];

    public override string ToString() => $"{Method} {Target} [{string.Join(", ", Headers.Where(header => header.Name != "Authorization").Select(header => $"{header.Name}: {header.Value}"))}] {Encoding.UTF8.GetString(Body)}";
}
