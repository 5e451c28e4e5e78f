using NJsonSchema;

namespace Deploy.Verification.Tests.Reports;

/// <summary>The published schema of the report, as a validator.</summary>
internal static class ReportSchema
{
    private static readonly Lazy<JsonSchema> Schema = new(Read);

    public static void AssertValid(string json)
    {
        var errors = Schema.Value.Validate(json);
        Assert.True(errors.Count == 0, string.Join(Environment.NewLine, errors.Select(error => error.ToString())));
    }

    public static bool IsValid(string json) => Schema.Value.Validate(json).Count == 0;

    private static JsonSchema Read()
    {
        using var stream = typeof(ReportSchema).Assembly.GetManifestResourceStream("verify.schema.json")!;
        using var reader = new StreamReader(stream);
        // NJsonSchema reads the older keyword only.
        return JsonSchema.FromJsonAsync(reader.ReadToEnd().Replace("$defs", "definitions", StringComparison.Ordinal)).GetAwaiter().GetResult();
    }
}
