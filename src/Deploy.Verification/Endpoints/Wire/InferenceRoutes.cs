using Deploy.Verification.Reports;

namespace Deploy.Verification.Endpoints.Wire;

/// <summary>The addresses of one endpoint in both dialects, derived from the URI the user gave.</summary>
internal sealed record InferenceRoutes
{
    public const string ApiVersion = "2024-05-01-preview";

    // Longest first: what users paste instead of the base.
    private static readonly string[] Operations = ["/chat/completions", "/swagger.json", "/openapi.json", "/completions", "/embeddings", "/v1/models", "/score", "/info"];

    // One host for many models, with the name of the model in the body.
    private static readonly string[] SharedHosts = ["models.inference.ai.azure.com", "models.github.ai"];

    private const int MostAbove = 3;

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
        var operation = Operations.FirstOrDefault(item => EndsWith(path, item));
        path = operation is null ? path : path[..^(operation == "/v1/models" ? "/models" : operation).Length];
        // The version segment belongs to one dialect only: the other one is rooted before it. A Foundry resource has no other behind it.
        var versioned = EndsWith(path, "/v1") && !EndsWith(path, "/openai/v1");
        builder.Path = versioned ? path[..^"/v1".Length] : path;
        return new(builder.Uri, operation is not null || versioned);
    }

    /// <summary>Plain http shows the key to everyone on the way, so it is for loopback only.</summary>
    public bool IsSafe => Base.Scheme == Uri.UriSchemeHttps || (Base.Scheme == Uri.UriSchemeHttp && Base.IsLoopback);

    public Uri Info => Append(Path, "/info", $"api-version={ApiVersion}");

    /// <summary>The names of the models that the OpenAI dialect serves.</summary>
    public Uri Models => Append(OpenAIPath, "/models", "");

    /// <summary>The route of images that predate the chat route.</summary>
    public Uri Score => Append(Path, "/score", "");

    /// <summary>Dialects in the order they are tried.</summary>
    public IReadOnlyList<EndpointDialect> Dialects => IsOpenAIRoot ? [EndpointDialect.OpenAIV1] : [EndpointDialect.AzureInference, EndpointDialect.OpenAIV1];

    public Uri Chat(EndpointDialect dialect) => dialect == EndpointDialect.OpenAIV1
        ? Append(OpenAIPath, "/chat/completions", "")
        : Append(Path, "/chat/completions", $"api-version={ApiVersion}");

    /// <summary>Whether a request of a dialect has to name the model: one route serves several.</summary>
    public bool NamesModel(EndpointDialect dialect) => dialect == EndpointDialect.OpenAIV1 || IsModelsRoute || IsSharedHost;

    /// <summary>Why there is no <c>/info</c> here, as a clause; null where there should be one.</summary>
    public string? InfoAbsence =>
        IsOpenAIRoot ? "the OpenAI route of a Foundry resource has no /info"
        : IsModelsRoute || IsSharedHost ? "this route serves many models, and has no /info of one"
        : IsDeploymentRoute ? "the route of an Azure OpenAI deployment has no /info"
        : null;

    /// <summary>Bases that the user may have meant, when nothing answers at this one; nearest first.</summary>
    public IEnumerable<InferenceRoutes> Neighbours()
    {
        var above = new List<string>();
        for (var path = Path; path.Length > 0 && above.Count < MostAbove;)
        {
            path = path[..path.LastIndexOf('/')];
            above.Add(path);
        }

        return above.Concat([$"{Path}/openai/v1", $"{Path}/models", "/openai/v1", "/models"])
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(path => !string.Equals(path, Path, StringComparison.OrdinalIgnoreCase))
            .Select(path => new InferenceRoutes(new UriBuilder(Base) { Path = path }.Uri, false));
    }

    /// <summary>Foundry resources serve the OpenAI dialect under <c>/openai/v1</c>; there is no <c>/info</c> and no other dialect below it.</summary>
    public bool IsOpenAIRoot => EndsWith(Path, "/openai/v1");

    // Foundry resources serve the Azure dialect for all their models under /models, beside /openai/v1.
    private bool IsModelsRoute => EndsWith(Path, "/models");

    private bool IsSharedHost => SharedHosts.Contains(Base.Host, StringComparer.OrdinalIgnoreCase);

    private bool IsDeploymentRoute => Path[..Math.Max(0, Path.LastIndexOf('/'))].EndsWith("/openai/deployments", StringComparison.OrdinalIgnoreCase);

    private string OpenAIPath =>
        IsOpenAIRoot ? Path
        : IsModelsRoute ? $"{Path[..^"/models".Length]}/openai/v1"
        : IsDeploymentRoute ? $"{Path[..Path.LastIndexOf("/deployments/", StringComparison.OrdinalIgnoreCase)]}/v1"
        : $"{Path}/v1";

    private string Path => Base.AbsolutePath.TrimEnd('/');

    private Uri Append(string basis, string path, string query) => new UriBuilder(Base) { Path = basis + path, Query = query }.Uri;

    private static bool EndsWith(string path, string end) => path.EndsWith(end, StringComparison.OrdinalIgnoreCase);
}
