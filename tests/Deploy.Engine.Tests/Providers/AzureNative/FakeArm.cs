using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using Deploy.Azure;
using Deploy.Azure.Arm;

namespace Deploy.Engine.Tests.Providers.AzureNative;

/// <summary>A tiny control plane in memory: PUT stores, GET reads, DELETE removes; scripted answers come first.</summary>
internal sealed class FakeArm : IArmClient
{
    private readonly Dictionary<string, Queue<ArmOperationResult>> _operations = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Queue<ArmResponse>> _answers = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, JsonObject> Resources { get; } = new(StringComparer.OrdinalIgnoreCase);

    public List<ArmRequest> Requests { get; } = [];

    /// <summary>What the service adds to a stored resource.</summary>
    public Action<JsonObject> OnStored { get; set; } = static _ => { };

    public Uri? AcceptedAddress { get; set; }

    public AzureSession Session { get; } = new()
    {
        Cloud = AzureCloud.Public,
        Credential = new TokenOf("""{"oid":"object-1","tid":"tenant-1","appid":"client-1"}"""),
        SubscriptionId = "sub-1",
        Transport = new HttpClientTransport(),
    };

    public void Answer(string request, int status, string? body = null)
    {
        if (!_answers.TryGetValue(request, out var queue))
        {
            _answers[request] = queue = new();
        }

        queue.Enqueue(Response(request, status, body));
    }

    public void Operation(string request, ArmOperationStatus status, int httpStatus, string code, string message)
    {
        if (!_operations.TryGetValue(request, out var queue))
        {
            _operations[request] = queue = new();
        }

        var body = new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } };
        queue.Enqueue(new ArmOperationResult { Status = status, Response = Response(request, httpStatus, body.ToJsonString()), Error = new ArmError { Code = code, Message = message } });
    }

    public Task<ArmResponse> SendAsync(ArmRequest request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        var subject = $"{request.Method} {request.Path}";
        if (_answers.TryGetValue(subject, out var queue) && queue.TryDequeue(out var answer))
        {
            return Task.FromResult(answer);
        }

        return Task.FromResult(Resources.TryGetValue(request.Path, out var body)
            ? Response(subject, 200, body.ToJsonString())
            : Response(subject, 404, """{"error":{"code":"ResourceNotFound","message":"not there"}}"""));
    }

    public async Task<ArmOperationResult> RunAsync(ArmRequest request, ArmOperationOptions options, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        var subject = $"{request.Method} {request.Path}";
        if (AcceptedAddress is not null && options.ResumeFrom is null)
        {
            await options.Accepted!(AcceptedAddress, cancellationToken);
        }

        if (_operations.TryGetValue(subject, out var queue) && queue.TryDequeue(out var scripted))
        {
            return scripted;
        }

        if (request.Method == RequestMethod.Put && options.ResumeFrom is null)
        {
            var stored = (JsonObject)request.Body!.DeepClone();
            stored["id"] = request.Path;
            stored["name"] = request.Path.Split('/')[^1];
            stored["type"] = "Some/type";
            OnStored(stored);
            Resources[request.Path] = stored;
        }
        else if (request.Method == RequestMethod.Delete)
        {
            Resources.Remove(request.Path);
        }

        return new ArmOperationResult { Status = ArmOperationStatus.Succeeded, Response = Response(subject, 200, Resources.GetValueOrDefault(request.Path)?.ToJsonString()) };
    }

    private static ArmResponse Response(string subject, int status, string? body) => new()
    {
        Status = status,
        Headers = new Dictionary<string, string>(),
        Body = body is null ? null : JsonNode.Parse(body),
        Subject = subject,
    };

    private sealed class TokenOf(string payload) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new($"e30.{System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(payload))}.sig", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
