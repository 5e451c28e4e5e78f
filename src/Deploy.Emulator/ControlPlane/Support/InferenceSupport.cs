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
            "Faults come by rule, from `faults.json` in the store: status, throttling, latency, hang, reset, expired tokens, propagation; newlines, late and slow tokens, truncation, wrong body, wrong content " +
            "type; failing and stalling operations. [local-azure.md](local-azure.md#faults) lists the fields.",
        ],
        Rows =
        [
            SupportRow.Of("GET", "{base}/info", "serverless only, as images for managed compute lack it", "InferenceTests", Library),
            SupportRow.Of("POST", "{base}/chat/completions",
                "kinds and ranges of every parameter, `extra-parameters`, system messages as the user's where the model has no such role, images and audio where it takes them, `max_tokens`, `stop`, `n`, " +
                "`logprobs`, context length, usage; tools and JSON formats refused (422 `parameter_not_supported`); content filter (three phrases, both shapes of its 400); with `stream` one event per token, " +
                "usage with the finish reason, `[DONE]`", "InferenceTests", "ChatTests", Library),
            SupportRow.Of("POST", "{base}/v1/chat/completions", "OpenAI's dialect: no `extra-parameters`, temperature up to 2, `max_completion_tokens`, `stream_options.include_usage`", "InferenceTests"),
            SupportRow.Of("POST", "{base}/score", "online endpoints, as their image has it", "InferenceTests"),
            SupportRow.Of("POST", "{base}/completions", "online endpoints, as their image has it", "ManagedEndpointTests"),
            SupportRow.Of("GET", "{base}/", "online endpoints, as their image has it", "ManagedEndpointTests"),
            SupportRow.Of("*", "{base}", "keys, Entra tokens (`https://ml.azure.com`), endpoint tokens, `azureml-model-deployment`; 401 and 404 as documented; hundred requests follow the weights of the traffic exactly",
                "InferenceTests", "OnlineEndpointTests"),
            SupportRow.Of("*", "{base} (limits)",
                "serverless: 1,000 requests and 200,000 tokens in a minute, then 429 with `Retry-After`; online endpoints: 429 when more than twice what the instances work on is pending, 408 after " +
                "`requestSettings.requestTimeout` (180 s)", "RateLimitsTests", "PendingRequestsTests", "DocumentedInferenceErrorTests"),
            SupportRow.Of("*", "{base} (`--upstream`)", "a real model answers; its errors become 424 with `ms-azureml-model-error-statuscode` and `-reason`", "UpstreamTests"),
        ],
        Missing = ["tools", "trailers of the gateway", "mirrored traffic"],
    };
}
