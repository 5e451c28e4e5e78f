namespace Deploy.Emulator.DataPlane;

/// <summary>The two ways of asking for a chat completion.</summary>
internal enum Dialect
{
    /// <summary>Azure AI model inference, <c>/chat/completions</c>: the header <c>extra-parameters</c>, temperature up to 1.</summary>
    ModelInference,

    /// <summary>OpenAI's, <c>/v1/chat/completions</c>: no such header, temperature up to 2, <c>max_completion_tokens</c>, <c>stream_options</c>.</summary>
    OpenAi,
}
