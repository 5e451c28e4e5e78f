using System.Text.Json;
using System.Text.Json.Nodes;
using Deploy.Verification.Quota;

namespace Deploy.Cli.Documents;

internal static class QuotaJson
{
    public static JsonNode? ToNode(QuotaReport report) => JsonSerializer.SerializeToNode(report.ToJson());
}
