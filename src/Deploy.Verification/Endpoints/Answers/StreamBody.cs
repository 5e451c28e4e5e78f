using System.Text;
using System.Text.Json;
using Deploy.Verification.Endpoints.Wire;

namespace Deploy.Verification.Endpoints.Answers;

/// <summary>What the events of a streamed chat completion say together.</summary>
internal sealed record StreamBody
{
    public required string Content { get; init; }

    /// <summary>Role of the first delta that names one.</summary>
    public string? Role { get; init; }

    public string? FinishReason { get; init; }

    public TokenUsage Usage { get; init; } = TokenUsage.Missing;

    public bool IsDone { get; init; }

    /// <summary>The first chunk that could not be read, shortened; null when all could.</summary>
    public string? Malformed { get; init; }

    public string? Error { get; init; }

    public string? Model { get; init; }

    /// <summary>Deviations that were tolerated.</summary>
    public IReadOnlyList<string> Deviations { get; init; } = [];

    /// <summary>Arrival of each piece of content.</summary>
    public IReadOnlyList<TimeSpan> ContentTimes { get; init; } = [];

    /// <summary>The median time between two pieces; null for fewer than two.</summary>
    public TimeSpan? MedianGap
    {
        get
        {
            var gaps = ContentTimes.Zip(ContentTimes.Skip(1), (left, right) => right - left).Order().ToArray();
            return gaps.Length == 0 ? null : gaps.Length % 2 == 1 ? gaps[gaps.Length / 2] : (gaps[(gaps.Length / 2) - 1] + gaps[gaps.Length / 2]) / 2;
        }
    }

    public static StreamBody Read(IReadOnlyList<StreamEvent> events)
    {
        var reader = new Reader();
        foreach (var item in events)
        {
            reader.Add(item);
        }

        return reader.ToBody();
    }

    private sealed class Reader
    {
        private readonly StringBuilder _content = new();
        private readonly List<TimeSpan> _times = [];
        private readonly List<string> _deviations = [];
        private string? _role;
        private string? _finish;
        private string? _malformed;
        private string? _error;
        private string? _model;
        private TokenUsage _usage = TokenUsage.Missing;
        private bool _done;

        public void Add(StreamEvent item)
        {
            if (item.Data == StreamEnd.Done)
            {
                _done = true;
            }
            else if (item.Type == "error")
            {
                _error ??= JsonText.Shorten(item.Data, 300);
            }
            else
            {
                AddChunk(item);
            }
        }

        public StreamBody ToBody() => new()
        {
            Content = _content.ToString(),
            Role = _role,
            FinishReason = _finish,
            Usage = _usage,
            IsDone = _done,
            Malformed = _malformed,
            Error = _error,
            Model = _model,
            Deviations = _deviations,
            ContentTimes = _times,
        };

        private void AddChunk(StreamEvent item)
        {
            try
            {
                using var document = JsonDocument.Parse(item.Data);
                Read(document.RootElement, item.At);
            }
            catch (JsonException)
            {
                _malformed ??= JsonText.Shorten(item.Data, 120);
            }
        }

        private void Read(JsonElement chunk, TimeSpan at)
        {
            if (chunk.ValueKind != JsonValueKind.Object)
            {
                _malformed ??= JsonText.Shorten(chunk.GetRawText(), 120);
                return;
            }

            if (JsonText.Property(chunk, "error") is { ValueKind: not JsonValueKind.Null } error)
            {
                _error ??= JsonText.Shorten(error.GetRawText(), 300);
                return;
            }

            _model ??= JsonText.String(chunk, "model");
            if (JsonText.Property(chunk, "usage") is { ValueKind: JsonValueKind.Object } usage)
            {
                _usage = TokenUsage.Read(usage);
            }

            // Chunks without choices are legal: they carry usage or the filter's findings.
            if (JsonText.Property(chunk, "choices") is { ValueKind: JsonValueKind.Array } choices && choices.GetArrayLength() > 0)
            {
                ReadChoice(choices[0], at);
            }
        }

        private void ReadChoice(JsonElement choice, TimeSpan at)
        {
            if (JsonText.Property(choice, "delta") is not { ValueKind: JsonValueKind.Object } delta)
            {
                Deviation("a choice has no 'delta'");
                return;
            }

            _role ??= JsonText.String(delta, "role");
            if (JsonText.String(delta, "content") is { Length: > 0 } piece)
            {
                if (_finish is not null)
                {
                    Deviation("content follows the finish reason");
                }

                _content.Append(piece);
                _times.Add(at);
            }

            _finish ??= JsonText.String(choice, "finish_reason");
        }

        private void Deviation(string text)
        {
            if (!_deviations.Contains(text))
            {
                _deviations.Add(text);
            }
        }
    }
}
