using Deploy.Verification.Reports;

namespace Deploy.Verification.Endpoints.Wire;

/// <summary>The addresses of one endpoint in both dialects, derived from the URI the user gave.</summary>
internal sealed record InferenceRoutes
{
    public const string ApiVersion = "2024-05-01-preview";

    // Longest first: what users paste instead of the base.
    private static readonly string[] Operations = ["/v1/chat/completions", "/chat/completions", "/completions", "/score", "/info"];

    private InferenceRoutes(Uri basis, bool corrected)
    {
        Base = basis;
        IsCorrected = corrected;
    }

    /// <summary>The base URI, without a slash at its end.</summary>
    public Uri Base { get; }

    /// <summary>Whether the given URI had an operation at its end that was taken off.</summary>
    public bool IsCorrected { get; }

    public static InferenceRoutes Of(Uri uri)
    {
        var builder = new UriBuilder(uri) { Query = "", Fragment = "" };
        var path = builder.Path.TrimEnd('/');
        var operation = Operations.FirstOrDefault(item => path.EndsWith(item, StringComparison.OrdinalIgnoreCase));
        path = operation is null ? path : path[..^operation.Length];
        // The version segment belongs to one dialect only: the other one is rooted before it. A Foundry resource has no other behind it.
        var versioned = path.EndsWith("/v1", StringComparison.OrdinalIgnoreCase) && !path.EndsWith("/openai/v1", StringComparison.OrdinalIgnoreCase);
        builder.Path = versioned ? path[..^"/v1".Length] : path;
        return new(builder.Uri, operation is not null || versioned);
    }

    /// <summary>Plain http shows the key to everyone on the way, so it is for loopback only.</summary>
    public bool IsSafe => Base.Scheme == Uri.UriSchemeHttps || (Base.Scheme == Uri.UriSchemeHttp && Base.IsLoopback);

    public Uri Info => Append("/info", $"api-version={ApiVersion}");

    /// <summary>Dialects in the order they are tried.</summary>
    public IReadOnlyList<EndpointDialect> Dialects => IsOpenAIRoot ? [EndpointDialect.OpenAIV1] : [EndpointDialect.AzureInference, EndpointDialect.OpenAIV1];

    public Uri Chat(EndpointDialect dialect) => dialect == EndpointDialect.OpenAIV1
        ? Append(IsOpenAIRoot ? "/chat/completions" : "/v1/chat/completions", "")
        : Append("/chat/completions", $"api-version={ApiVersion}");

    /// <summary>Foundry resources serve the OpenAI dialect under <c>/openai/v1</c>; there is no <c>/info</c> and no other dialect below it.</summary>
    public bool IsOpenAIRoot => Base.AbsolutePath.TrimEnd('/').EndsWith("/openai/v1", StringComparison.OrdinalIgnoreCase);

    private Uri Append(string path, string query) => new UriBuilder(Base) { Path = Base.AbsolutePath.TrimEnd('/') + path, Query = query }.Uri;
}
