using System.Text.Json.Nodes;
using NJsonSchema;
using Xunit;

namespace EndToEnd.Tests.Running;

/// <summary>The published schemas of the documents.</summary>
internal static class Schemas
{
    /// <summary>Compares a document with <c>docs/schemas/{name}.schema.json</c>; a verb without a schema has published no shape to keep.</summary>
    public static async Task AssertMatchesAsync(string name, JsonNode document)
    {
        var path = Path.Combine(Repository.Root, "docs", "schemas", $"{name}.schema.json");
        if (File.Exists(path))
        {
            // NJsonSchema reads the older keyword only.
            var text = (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).Replace("$defs", "definitions", StringComparison.Ordinal);
            var schema = await JsonSchema.FromJsonAsync(text, TestContext.Current.CancellationToken);
            Assert.Empty(schema.Validate(document.ToJsonString()).Select(fault => fault.ToString()));
        }
    }
}
