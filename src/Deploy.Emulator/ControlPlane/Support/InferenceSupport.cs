namespace Deploy.Emulator.ControlPlane.Support;

internal static class InferenceSupport
{
    private static readonly SupportProof Library = new("Azure.AI.Inference", "InferenceTests");

    public static SupportArea Area { get; } = new()
    {
        Title = "Model inference",
        Notes =
        [
            "Bases: `/serverless/{location}/{name}` and `/online/{location}/{name}`, over https and (with keys only) http. Answers are made by a few lines of code that say so; a question with `a + b` gets the sum.",
            "Faults: `faults.json` in the store; `newlines` (chat answers 200 with nothing but newlines).",
        ],
        Rows =
        [
            SupportRow.Of("GET", "{base}/info", "serverless only, as images for managed compute lack it", "InferenceTests", Library),
            SupportRow.Of("POST", "{base}/chat/completions",
                "ranges, `extra-parameters`, `max_tokens`, `stop`, context length, refusal of tools and JSON mode, content filter (three phrases), usage; with `stream` one event per token, usage " +
                "with the finish reason, `[DONE]`", "InferenceTests", Library),
            SupportRow.Of("POST", "{base}/v1/chat/completions", "OpenAI's dialect: no `extra-parameters`, `max_completion_tokens`, `stream_options.include_usage`", "InferenceTests"),
            SupportRow.Of("POST", "{base}/score", "online endpoints", "InferenceTests"),
            SupportRow.Of("*", "{base}", "keys, Entra tokens (`https://ml.azure.com`), endpoint tokens, `azureml-model-deployment`, traffic split; 401 and 404 as documented", "InferenceTests", "OnlineEndpointTests"),
        ],
        Missing = ["rate limits", "tools", "log probabilities", "images", "a real model behind the endpoint"],
    };
}
