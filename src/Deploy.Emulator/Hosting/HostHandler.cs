using Microsoft.AspNetCore.Http;

namespace Deploy.Emulator.Hosting;

/// <summary>Holds requests back until the pipeline is there: the server has to listen before its address, and with it the pipeline, is known.</summary>
internal sealed class HostHandler
{
    private readonly TaskCompletionSource<RequestPipeline> _pipeline = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Use(RequestPipeline pipeline) => _pipeline.SetResult(pipeline);

    public async Task HandleAsync(HttpContext context) => await (await _pipeline.Task.WaitAsync(context.RequestAborted)).HandleAsync(context);
}
