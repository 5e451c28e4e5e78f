using System.Text.Json.Nodes;

namespace Deploy.Emulator.ControlPlane;

/// <summary>The built-in roles that stacks for Azure AI use.</summary>
internal static class RoleDefinitions
{
    private static readonly Dictionary<string, string> BuiltIn = new(StringComparer.OrdinalIgnoreCase)
    {
        ["b24988ac-6180-42a0-ab88-20f7382dd24c"] = "Contributor",
        ["acdd72a7-3385-48ef-bd42-f606fba81ae7"] = "Reader",
        ["64702f94-c441-49e6-a78b-ef80e0188fee"] = "Azure AI Developer",
        ["b78c5d69-af96-48a3-bf8d-a8b4d589de94"] = "Azure AI Administrator",
        ["3afb7f49-54cb-416e-8c09-6dc049efa503"] = "Azure AI Inference Deployment Operator",
        ["b556d68e-0be0-4f35-a333-ad7ee1ce17ea"] = "Azure AI Enterprise Network Connection Approver",
        ["f6c7c914-8db3-469d-8ca1-694a8f32e121"] = "AzureML Data Scientist",
        ["e503ece1-11d0-4e8e-8e2c-7a6c3bf38815"] = "AzureML Compute Operator",
        ["635dd51f-9968-44d3-b7fb-6d9a6bd613ae"] = "AzureML Metrics Writer (preview)",
        ["1823dd4f-9b8c-4ab6-ab4e-7397a3684615"] = "AzureML Registry User",
        ["25fbc0a9-bd7c-42a3-aa1a-3b75d497ee68"] = "Cognitive Services Contributor",
        ["a97b65f3-24c7-4388-baec-2e87135dc908"] = "Cognitive Services User",
        ["5e0bd9bd-7b93-4f28-af87-19fc36ad61bd"] = "Cognitive Services OpenAI User",
        ["a001fd3d-188f-4b5d-821b-7da978bf7442"] = "Cognitive Services OpenAI Contributor",
        ["7f951dda-4ed3-4680-a7ca-43fe172d538d"] = "AcrPull",
        ["2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"] = "Storage Blob Data Reader",
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
    };

    public static JsonObject? Find(string id) => BuiltIn.TryGetValue(id, out var name) ? Show(id.ToLowerInvariant(), name) : null;

    public static IEnumerable<JsonNode> All() => BuiltIn.Select(role => Show(role.Key, role.Value));

    private static JsonObject Show(string id, string name) => new()
    {
        ["id"] = $"/providers/Microsoft.Authorization/roleDefinitions/{id}",
        ["name"] = id,
        ["type"] = "Microsoft.Authorization/roleDefinitions",
        ["properties"] = new JsonObject { ["roleName"] = name, ["type"] = "BuiltInRole", ["assignableScopes"] = new JsonArray("/") },
    };
}
