using NJsonSchema;
using Xunit;

namespace Deploy.Cli.Tests.Documents;

/// <summary>A schema of <c>docs/schemas/</c>, as a validator.</summary>
internal static class PublishedSchema
{
    public static async Task AssertValidAsync(string name, string document) => Assert.Empty(await FaultsAsync(name, document));

    public static async Task<IReadOnlyList<string>> FaultsAsync(string name, string document)
    {
        // NJsonSchema reads the older keyword only.
        var text = Repository.Read("docs", "schemas", $"{name}.schema.json").Replace("$defs", "definitions", StringComparison.Ordinal);
        var schema = await JsonSchema.FromJsonAsync(text, TestContext.Current.CancellationToken);
        return [.. schema.Validate(document).Select(fault => fault.ToString())];
    }
}
