namespace Deploy.Emulator.DataPlane;

/// <summary>An answer with its true token counts.</summary>
internal sealed record ChatCompletion
{
    // What a chat template adds: two marks and a role around each message, and the opening of the answer.
    private const int TokensPerMessage = 3;
    private const int TokensPerAnswer = 3;

    public required IReadOnlyList<string> Tokens { get; init; }

    /// <summary><c>stop</c> or <c>length</c>.</summary>
    public required string FinishReason { get; init; }

    public required int PromptTokens { get; init; }

    public required int Choices { get; init; }

    public int CompletionTokens => Tokens.Count * Choices;

    public string Text => string.Concat(Tokens);

    /// <param name="model">The name the answer speaks of.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="mostTokens">The limit when the client names none.</param>
    /// <param name="contextTokens">Prompt and answer together.</param>
    public static (ChatCompletion? Completion, ChatFault? Fault) Make(string model, ChatRequest request, int mostTokens, int contextTokens)
    {
        var prompt = request.Messages.Sum(message => Tokenizer.Count(message.Text) + TokensPerMessage) + TokensPerAnswer;
        var wanted = request.MaxTokens ?? 0;
        if (prompt + wanted > contextTokens)
        {
            return (null, new ChatFault(400, "context_length_exceeded",
                $"This model's maximum context length is {contextTokens} tokens. However, you requested {prompt + wanted} tokens ({prompt} in the messages, {wanted} in the completion). Please reduce the length of the messages or completion."));
        }

        var text = LocalModel.Answer(model, request.Messages);
        var cut = request.Stop.Select(stop => text.IndexOf(stop, StringComparison.Ordinal)).Where(index => index >= 0).DefaultIfEmpty(-1).Min();
        var tokens = Tokenizer.Split(cut < 0 ? text : text[..cut]);
        var limit = Math.Min(request.MaxTokens ?? mostTokens, contextTokens - prompt);
        var isCut = tokens.Count > limit;
        return (new ChatCompletion
        {
            Tokens = isCut ? [.. tokens.Take(limit)] : tokens,
            FinishReason = isCut ? "length" : "stop",
            PromptTokens = prompt,
            Choices = request.Choices,
        }, null);
    }
}
