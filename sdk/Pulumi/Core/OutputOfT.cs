using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>
/// A value that becomes available while the deployment runs. It remembers which resources it came from, whether it is secret, and
/// whether it is known at all: during a preview the outputs of resources that do not exist yet are not.
/// </summary>
public sealed class Output<T> : IOutput
{
    internal Output(Task<OutputData<T>> dataTask)
    {
        DataTask = dataTask;
        if (!dataTask.IsCompletedSuccessfully && Deployment.TryGetCurrent(out var deployment))
        {
            deployment.Runner.Register($"Output<{typeof(T).Name}>", dataTask);
        }
    }

    internal Output(OutputData<T> data) => DataTask = Task.FromResult(data);

    internal Task<OutputData<T>> DataTask { get; }

    async Task<OutputData<object?>> IOutput.GetDataAsync()
    {
        var data = await DataTask.ConfigureAwait(false);
        return data.With<object?>(data.Value);
    }

    /// <summary>Makes a known, non-secret output of the result of a task.</summary>
    public static Output<T> Create(Task<T> value) => Output.Create(value);

    /// <summary>Computes a further value. Not called while the value is unknown; the result is then unknown too.</summary>
    public Output<TResult> Apply<TResult>(Func<T, TResult> func) => new(ApplyValueAsync(DataTask, value => Task.FromResult(func(value))));

    /// <inheritdoc cref="Apply{TResult}(Func{T, TResult})"/>
    public Output<TResult> Apply<TResult>(Func<T, Task<TResult>> func) => new(ApplyValueAsync(DataTask, func));

    /// <inheritdoc cref="Apply{TResult}(Func{T, TResult})"/>
    public Output<ValueTuple> Apply(Func<T, Task> func) => new(ApplyValueAsync(DataTask, async value =>
    {
        await func(value).ConfigureAwait(false);
        return default(ValueTuple);
    }));

    /// <summary>Computes a further value that is itself an input; its dependencies, secretness and knownness are added.</summary>
    public Output<TResult> Apply<TResult>(Func<T, Input<TResult>?> func) => new(ApplyOutputAsync(DataTask, value => func(value)?.ToOutput()));

    /// <summary>Computes a further value that is itself an output; its dependencies, secretness and knownness are added.</summary>
    public Output<TResult> Apply<TResult>(Func<T, Output<TResult>?> func) => new(ApplyOutputAsync(DataTask, func));

    /// <summary>Refuses to pretend that the value is there: returns an explanation, or throws when PULUMI_ERROR_OUTPUT_STRING is set.</summary>
    [SuppressMessage("Design", "CA1065", Justification = "The official SDK throws here when asked to.")]
    public override string ToString()
    {
        const string message = "An output has no text of its own before it is resolved. Use output.Apply(value => $\"prefix{value}\") or Output.Format($\"prefix{output}\").";
        var strict = Environment.GetEnvironmentVariable("PULUMI_ERROR_OUTPUT_STRING");
        return strict is "1" || string.Equals(strict, "true", StringComparison.OrdinalIgnoreCase) ? throw new InvalidOperationException(message) : message;
    }

    internal async Task<T> GetValueAsync(T whenUnknown)
    {
        var data = await DataTask.ConfigureAwait(false);
        return data.IsKnown ? data.Value : whenUnknown;
    }

    private static async Task<OutputData<TResult>> ApplyValueAsync<TResult>(Task<OutputData<T>> dataTask, Func<T, Task<TResult>> func)
    {
        var data = await dataTask.ConfigureAwait(false);
        return data.IsKnown ? data.With(await func(data.Value).ConfigureAwait(false)) : OutputData.Unknown<TResult>(data.Resources, data.IsSecret);
    }

    private static async Task<OutputData<TResult>> ApplyOutputAsync<TResult>(Task<OutputData<T>> dataTask, Func<T, Output<TResult>?> func)
    {
        var data = await dataTask.ConfigureAwait(false);
        if (!data.IsKnown)
        {
            return OutputData.Unknown<TResult>(data.Resources, data.IsSecret);
        }

        var inner = func(data.Value);
        if (inner is null)
        {
            return data.With<TResult>(default!);
        }

        var innerData = await inner.DataTask.ConfigureAwait(false);
        return new(data.Resources.Union(innerData.Resources), innerData.Value, innerData.IsKnown, data.IsSecret || innerData.IsSecret);
    }
}
