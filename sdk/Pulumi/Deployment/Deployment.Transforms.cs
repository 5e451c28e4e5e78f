using Pulumi.Callbacks;
using Pulumirpc;

namespace Pulumi;

/// <content>Transforms that the engine calls.</content>
public sealed partial class Deployment
{
    private readonly Lock _transformGate = new();
    private Task _stackTransforms = Task.CompletedTask;

    /// <summary>The functions of the program that the engine may call.</summary>
    internal CallbackRegistry Callbacks { get; }

    private Task StackTransforms
    {
        get
        {
            lock (_transformGate)
            {
                return _stackTransforms;
            }
        }
    }

    /// <summary>Adds a transform of every resource created from now on.</summary>
    internal void RegisterTransform(ResourceTransform transform) => RegisterStackTransform("transforms", async () =>
        await _monitor.RegisterStackTransformAsync(await Callbacks.AddAsync(transform).ConfigureAwait(false)).ConfigureAwait(false));

    /// <summary>Adds a transform of every function call from now on.</summary>
    internal void RegisterTransform(InvokeTransform transform) => RegisterStackTransform("invokeTransforms", async () =>
        await _monitor.RegisterStackInvokeTransformAsync(await Callbacks.AddAsync(transform).ConfigureAwait(false)).ConfigureAwait(false));

    /// <summary>Runs something as part of this run that others started, such as a call by the engine.</summary>
    internal async Task<T> RunWithinAsync<T>(Func<Task<T>> body)
    {
        // Ends with this method: an async method does not leak its ambient values to the caller.
        Ambient.Value = this;
        return await body().ConfigureAwait(false);
    }

    private void RegisterStackTransform(string feature, Func<Task> registerAsync)
    {
        lock (_transformGate)
        {
            _stackTransforms = RegisterAfterAsync(_stackTransforms, feature, registerAsync);
            Runner.Register(_stackTransforms);
        }
    }

    /// <summary>In the order of the program, and after the stack itself, which transforms of resources do not concern.</summary>
    private async Task RegisterAfterAsync(Task previous, string feature, Func<Task> registerAsync)
    {
        await previous.ConfigureAwait(false);
        await Stack.Urn.GetValueAsync("").ConfigureAwait(false);
        if (!await SupportsAsync(feature).ConfigureAwait(false))
        {
            throw new RunException($"The engine does not support transforms of the stack (it lacks the feature '{feature}').");
        }

        await registerAsync().ConfigureAwait(false);
    }

    private async Task AddTransformsAsync(RegisterResourceRequest request, ResourceOptions options)
    {
        if (!options.HasTransforms)
        {
            return;
        }

        await RequireAsync("transforms", "the option ResourceTransforms").ConfigureAwait(false);
        foreach (var transform in options.ResourceTransforms)
        {
            request.Transforms.Add(await Callbacks.AddAsync(transform).ConfigureAwait(false));
        }
    }
}
