using Pulumi.Waiting;
using Pulumirpc;

namespace Pulumi.Callbacks;

/// <summary>One call of a transform of a resource.</summary>
internal static class ResourceTransformCallback
{
    public static async Task<TransformResponse> RunAsync(
        Deployment deployment, Waiter waiter, ResourceTransform transform, TransformRequest request, CancellationToken cancellationToken)
    {
        var given = request.Options ?? new TransformResourceOptions();
        var args = TransformValues.Read(request.Properties, deployment);
        var options = TransformOptions.Read(given, request.Custom, request.Parent, deployment);
        var (parent, trigger) = (options.Parent, options.ReplacementTrigger);
        var call = new ResourceTransformArgs(request.Name, request.Type, request.Custom, args, options);
        if (await waiter.CallAsync("a task that it returned", () => transform(call, cancellationToken)).ConfigureAwait(false) is not { } result)
        {
            return new() { Properties = request.Properties, Options = request.Options };
        }

        if (result.Options is null || result.Options is CustomResourceOptions != request.Custom)
        {
            throw new ArgumentException($"It returned {result.Options?.GetType().Name ?? "no options"} for a {(request.Custom ? "resource" : "component")}.");
        }

        // The parent decides which transforms run, so they cannot change it.
        if (result.Options.Parent is { } newParent && !ReferenceEquals(newParent, parent))
        {
            throw new ArgumentException("A transform cannot change the parent.");
        }

        return new()
        {
            Properties = await TransformValues.WriteAsync(result.Args, args, request.Properties, () => new(keepResources: true, keepOutputValues: true)).ConfigureAwait(false),
            Options = await TransformOptions.WriteAsync(result.Options, given, trigger).ConfigureAwait(false),
        };
    }
}
