namespace Deploy.Verification.Endpoints.Wire;

/// <summary>One header that opens an endpoint. Never prints its value.</summary>
internal sealed class Authorization(string header, string prefix, string secret)
{
    // Hosts of Foundry and Azure OpenAI resources read keys from a header of their own; the others take them as bearer tokens.
    private static readonly string[] KeyHeaderHosts = [".openai.azure.com", ".services.ai.azure.com", ".cognitiveservices.azure.com"];

    public string Header { get; } = header;

    public string Value => prefix + secret;

    public static Authorization ForKey(Uri uri, string key) =>
        KeyHeaderHosts.Any(host => uri.Host.EndsWith(host, StringComparison.OrdinalIgnoreCase)) ? InKeyHeader(key) : Bearer(key);

    public static Authorization InKeyHeader(string key) => new("api-key", "", key);

    public static Authorization Bearer(string token) => new("Authorization", "Bearer ", token);

    public override string ToString() => $"{Header}: [secret]";
}
