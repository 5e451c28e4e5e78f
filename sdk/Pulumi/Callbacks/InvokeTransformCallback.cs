using Pulumi.Waiting;
using Pulumirpc;

namespace Pulumi.Callbacks;

/// <summary>One call of a transform of the call of a function.</summary>
internal static class InvokeTransformCallback
{
    public static async Task<TransformInvokeResponse> RunAsync(
        Deployment deployment, Waiter waiter, InvokeTransform transform, TransformInvokeRequest request, CancellationToken cancellationToken)
    {
        var args = TransformValues.Read(request.Args, deployment);
        var options = (request.Options ?? new TransformInvokeOptions()).Clone();
        var call = new InvokeTransformArgs(request.Token, args, new InvokeOptions
        {
            Provider = TransformOptions.ReadProvider(options.Provider),
            Version = TransformOptions.NullIfEmpty(options.Version),
            PluginDownloadURL = TransformOptions.NullIfEmpty(options.PluginDownloadUrl),
        });
        if (await waiter.CallAsync("a task that it returned", () => transform(call, cancellationToken)).ConfigureAwait(false) is not { } result)
        {
            return new() { Args = request.Args, Options = request.Options };
        }

        options.Provider = await TransformOptions.WriteProviderAsync(result.Options?.Provider).ConfigureAwait(false);
        options.Version = result.Options?.Version ?? "";
        options.PluginDownloadUrl = result.Options?.PluginDownloadURL ?? "";
        return new()
        {
            Args = await TransformValues.WriteAsync(result.Args, args, request.Args, () => new(keepResources: true)).ConfigureAwait(false),
            Options = options,
        };
    }
}
