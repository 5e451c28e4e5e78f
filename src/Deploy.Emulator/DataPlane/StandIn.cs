namespace Deploy.Emulator.DataPlane;

/// <summary>The local model, answering in the place of the one that was deployed.</summary>
internal sealed class StandIn(TimeProvider clock) : IChatModel
{
    public Task<ModelAnswer> AnswerAsync(EndpointTarget target, ChatRequest request, CancellationToken cancellationToken)
    {
        var (completion, wrong) = ChatCompletion.Make(target, request);
        if (completion is null)
        {
            return Task.FromResult(new ModelAnswer { Refusal = InferenceErrors.Of(wrong!, target.IsManaged) });
        }

        var bodies = new ChatBodies($"chatcmpl-{Guid.NewGuid():N}", target.Model.Name.Value, clock.GetUtcNow().ToUnixTimeSeconds());
        return Task.FromResult(request.Streams
            ? new ModelAnswer { Chunks = bodies.Chunks(completion, request).ToAsyncEnumerable() }
            : new ModelAnswer { Completion = bodies.Completion(completion, request) });
    }
}
