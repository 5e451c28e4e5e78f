using System.Text;
using Azure;

namespace Deploy.Verification.Endpoints.Wire;

/// <summary>Collects what one exchange shows, so that nothing is lost when it breaks off.</summary>
internal sealed class Recording(TimeProvider timeProvider, ConnectionFacts connection) : IDisposable
{
    private readonly long _start = timeProvider.GetTimestamp();
    private readonly List<StreamEvent> _events = [];
    private Dictionary<string, string>? _headers;
    private int _status;
    private string _mediaType = "";
    private TimeSpan? _firstByte;
    private BodyCapture? _body;

    public bool HasResponse => _headers is not null;

    public bool IsEventStream => _mediaType == "text/event-stream";

    /// <summary>Whether a body that is not called an event stream might be one.</summary>
    public bool MayBeStream => _status == 200 && _mediaType is not ("text/html" or "application/xhtml+xml");

    public void Headers(Response response)
    {
        _firstByte = timeProvider.GetElapsedTime(_start);
        _status = response.Status;
        _mediaType = ProbeResponse.MediaTypeOf(response.Headers);
        _headers = response.Headers
            .GroupBy(header => header.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => string.Join(",", group.Select(header => header.Value)), StringComparer.OrdinalIgnoreCase);
    }

    public BodyCapture Body(Stream content) => _body = new BodyCapture(content, InferenceClient.BodyLimitBytes);

    public void Event(string type, string data) => _events.Add(new(type, data, timeProvider.GetElapsedTime(_start)));

    public void Dispose() => _body?.Dispose();

    public ProbeResult ToResult(ProbeRequest request, ProbeFailure? failure) => new()
    {
        Request = request,
        Failure = failure,
        Timings = new()
        {
            Connect = connection.ConnectTime,
            FirstByte = _firstByte,
            Total = timeProvider.GetElapsedTime(_start),
        },
        Response = _headers is null ? null : new()
        {
            Status = _status,
            Headers = _headers,
            MediaType = _mediaType,
            // Some servers begin with a byte order mark, which readers of JSON are told to ignore.
            Body = _body is null ? "" : Encoding.UTF8.GetString(_body.Kept).TrimStart('\uFEFF'),
            BodySizeBytes = _body?.SizeBytes ?? 0,
            BodyTooLarge = _body?.TooLarge ?? false,
            Events = _events,
        },
    };
}
