using System.Collections.Concurrent;
using System.Collections.Immutable;
using Pulumirpc;

namespace Deploy.Engine.Protocol;

/// <summary>
/// Lets the program change what it registers before anything is planned: a resource's own transforms come first, then those of its parents, from the nearest one up, then
/// those of the stack.
/// </summary>
internal sealed class Transforms : IDisposable
{
    private readonly ConcurrentDictionary<string, ImmutableArray<Callback>> _ofResources = new(StringComparer.Ordinal);
    private readonly Callbacks _callbacks = new();
    private ImmutableList<Callback> _ofStack = [];
    private ImmutableList<Callback> _ofInvokes = [];

    public void AddToStack(Callback callback) => ImmutableInterlocked.Update(ref _ofStack, list => list.Add(callback));

    public void AddToInvokes(Callback callback) => ImmutableInterlocked.Update(ref _ofInvokes, list => list.Add(callback));

    /// <summary>Applies all that concern the resource to its registration.</summary>
    public async Task ApplyAsync(RegisterResourceRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyList<Callback> callbacks = [.. ConcernedBy(request), .. _ofStack];
        if (callbacks.Count == 0)
        {
            return;
        }

        var given = WireDependencies.Add(request.Object ?? new(), request);
        var transformed = new TransformRequest
        {
            Type = request.Type,
            Name = request.Name,
            Custom = request.Custom,
            Parent = request.Parent,
            Properties = given,
            Options = TransformOptions.Read(request),
        };
        foreach (var callback in callbacks)
        {
            var answer = await _callbacks.InvokeAsync(
                callback, transformed, TransformResponse.Parser, $"a transform of {request.Type} '{request.Name}' failed", cancellationToken);
            transformed.Properties = answer.Properties ?? transformed.Properties;
            transformed.Options = answer.Options ?? transformed.Options;
        }

        TransformOptions.Write(transformed.Options, request);
        request.Object = transformed.Properties;
        WireDependencies.Gather(request, given);
    }

    /// <summary>Applies all transforms of function calls to this one.</summary>
    public async Task ApplyAsync(ResourceInvokeRequest request, CancellationToken cancellationToken)
    {
        foreach (var callback in _ofInvokes)
        {
            var call = new TransformInvokeRequest
            {
                Token = request.Tok,
                Args = request.Args ?? new(),
                Options = new() { Provider = request.Provider, Version = request.Version, PluginDownloadUrl = request.PluginDownloadURL },
            };
            var answer = await _callbacks.InvokeAsync(callback, call, TransformInvokeResponse.Parser, $"a transform of the call of {request.Tok} failed", cancellationToken);
            request.Args = answer.Args ?? request.Args;
            if (answer.Options is { } options)
            {
                (request.Provider, request.Version, request.PluginDownloadURL) = (options.Provider, options.Version, options.PluginDownloadUrl);
            }
        }
    }

    /// <summary>Keeps what the children of a resource inherit.</summary>
    public void Remember(string urn, RegisterResourceRequest request)
    {
        var callbacks = ConcernedBy(request);
        if (!callbacks.IsEmpty)
        {
            _ofResources[urn] = callbacks;
        }
    }

    public void Dispose() => _callbacks.Dispose();

    private ImmutableArray<Callback> ConcernedBy(RegisterResourceRequest request)
    {
        var inherited = _ofResources.GetValueOrDefault(request.Parent, []);
        return request.Transforms.Count == 0 ? inherited : [.. request.Transforms, .. inherited];
    }
}
