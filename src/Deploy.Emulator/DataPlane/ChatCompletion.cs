namespace Deploy.Emulator.DataPlane;

/// <summary>An answer with its true token counts.</summary>
internal sealed record ChatCompletion
{
    public required IReadOnlyList<string> Tokens { get; init; }

    /// <summary><c>stop</c> or <c>length</c>.</summary>
    public required string FinishReason { get; init; }

    public required int PromptTokens { get; init; }

    public required int Choices { get; init; }

    public int CompletionTokens => Tokens.Count * Choices;

    public string Text => string.Concat(Tokens);

    public static (ChatCompletion? Completion, ChatFault? Fault) Make(EndpointTarget target, ChatRequest request)
    {
        var (prompt, wanted, context) = (request.PromptTokens, request.MaxTokens ?? 0, target.Model.ContextTokens);
        if (prompt + (long)wanted > context)
        {
            return (null, new ChatFault(400, "context_length_exceeded",
                $"This model's maximum context length is {context} tokens. However, you requested {prompt + (long)wanted} tokens ({prompt} in the messages, {wanted} in the completion). Please reduce the length of the messages or completion."));
        }

        var text = LocalModel.Answer(target.Model.Name.Value, request.Messages);
        var cut = request.Stop.Select(stop => text.IndexOf(stop, StringComparison.Ordinal)).Where(index => index >= 0).DefaultIfEmpty(-1).Min();
        var tokens = Tokenizer.Split(cut < 0 ? text : text[..cut]);
        var most = Math.Min(target.Model.MaxOutputTokens ?? context, context - prompt);
        var limit = Math.Min(request.MaxTokens ?? DefaultTokens(target), most);
        var isCut = tokens.Count > limit;
        return (new ChatCompletion
        {
            Tokens = isCut ? [.. tokens.Take(limit)] : tokens,
            FinishReason = isCut ? "length" : "stop",
            PromptTokens = prompt,
            Choices = request.Choices,
        }, null);
    }

    // A deployment on managed compute stops after 256 tokens unless told otherwise (its image's default).
    private static int DefaultTokens(EndpointTarget target) => target.IsManaged ? 256 : int.MaxValue;
}
