using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.DataPlane.Upstream;

/// <summary>A real model behind the endpoints: a server that speaks OpenAI's dialect below <see cref="LocalAzureOptions.Upstream"/>.</summary>
internal sealed class UpstreamModel : IChatModel, IDisposable
{
    private const int LongestText = 2000;
    private const long LargestBytes = 16 * 1024 * 1024;

    private readonly HttpClient _client;
    private readonly string? _model;

    /// <param name="address">The base that <c>chat/completions</c> is appended to, such as <c>http://127.0.0.1:8000/v1</c>.</param>
    /// <param name="key">Sent as a bearer token; null for none.</param>
    /// <param name="model">The model to ask for; null for the deployed model's own name.</param>
    public UpstreamModel(Uri address, string? key, string? model)
    {
        _model = model;
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = !address.IsLoopback, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            BaseAddress = new Uri(address.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestVersion = HttpVersion.Version11,
        };
        _client.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
    }

    public async Task<ModelAnswer> AnswerAsync(EndpointTarget target, ChatRequest request, CancellationToken cancellationToken)
    {
        var name = target.Model.Name.Value;
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(_client.BaseAddress!, "chat/completions"))
        {
            Content = new StringContent(UpstreamRequest.Of(request, _model ?? name).ToJsonString(Texts.Relaxed), Encoding.UTF8, "application/json"),
        };
        HttpResponseMessage? response = null;
        try
        {
            response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                return Failed((int)response.StatusCode, response.ReasonPhrase ?? "error", await ReadAsync(response, cancellationToken));
            }

            if (request.Streams)
            {
                var chunks = UpstreamStream.ReadAsync(response, request, name, cancellationToken);
                response = null;
                return new ModelAnswer { Chunks = chunks };
            }

            var text = await ReadAsync(response, cancellationToken);
            return UpstreamRequest.Completion(text, name) is { } completion ? new ModelAnswer { Completion = completion } : Failed(200, "invalid_answer", text);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return Failed(502, "unreachable", e.Message);
        }
        finally
        {
            response?.Dispose();
        }
    }

    public void Dispose() => _client.Dispose();

    private static ModelAnswer Failed(int status, string reason, string text) => new()
    {
        Refusal = InferenceErrors.ModelFailed(status, Header(reason), $"The model behind the endpoint answered {status} ({reason}): {(text.Length > LongestText ? text[..LongestText] + "…" : text)}"),
    };

    private static string Header(string reason) => new([.. reason.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_')]);

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var buffer = new MemoryStream();
        var part = new byte[16 * 1024];
        int read;
        while ((read = await body.ReadAsync(part, cancellationToken)) > 0)
        {
            buffer.Write(part, 0, read);
            if (buffer.Length > LargestBytes)
            {
                throw new IOException($"The answer has more than {LargestBytes} bytes.");
            }
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
