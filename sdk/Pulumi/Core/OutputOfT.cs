using System.Diagnostics.CodeAnalysis;
using Pulumi.Waiting;

namespace Pulumi;

/// <summary>
/// A value that becomes available while the deployment runs. It remembers which resources it came from, whether it is secret, and
/// whether it is known at all: during a preview the outputs of resources that do not exist yet are not.
/// </summary>
public sealed class Output<T> : IOutput
{
    private readonly Waiter? _producer;
    private readonly string? _name;

    internal Output(Task<OutputData<T>> dataTask, Waiter producer, string? name)
    {
        DataTask = dataTask;
        if (dataTask.IsCompletedSuccessfully)
        {
            return;
        }

        (_producer, _name) = (producer, name);
        if (Deployment.TryGetCurrent(out var deployment))
        {
            deployment.Runner.Register(dataTask);
        }
    }

    internal Output(OutputData<T> data) => DataTask = Task.FromResult(data);

    internal Task<OutputData<T>> DataTask { get; }

    Waiter? IOutput.Producer => _producer;

    string? IOutput.Name => _name;

    Task IOutput.Task => DataTask;

    // Most inputs are there from the beginning: for them nothing asynchronous needs to be compiled.
    Task<OutputData<object?>> IOutput.GetDataAsync(string? reason) =>
        DataTask.IsCompletedSuccessfully ? Task.FromResult(Untyped(DataTask.Result)) : GetUntypedDataAsync(reason);

    /// <summary>Makes a known, non-secret output of the result of a task.</summary>
    public static Output<T> Create(Task<T> value) => Output.Create(value);

    /// <summary>Computes a further value. Not called while the value is unknown; the result is then unknown too.</summary>
    public Output<TResult> Apply<TResult>(Func<T, TResult> func) => ApplyValue(value => Task.FromResult(func(value)));

    /// <inheritdoc cref="Apply{TResult}(Func{T, TResult})"/>
    public Output<TResult> Apply<TResult>(Func<T, Task<TResult>> func) => ApplyValue(func);

    /// <inheritdoc cref="Apply{TResult}(Func{T, TResult})"/>
    public Output<ValueTuple> Apply(Func<T, Task> func) => ApplyValue(async value =>
    {
        await func(value).ConfigureAwait(false);
        return default(ValueTuple);
    });

    /// <summary>Computes a further value that is itself an input; its dependencies, secretness and knownness are added.</summary>
    public Output<TResult> Apply<TResult>(Func<T, Input<TResult>?> func) => ApplyOutput(value => func(value)?.ToOutput());

    /// <summary>Computes a further value that is itself an output; its dependencies, secretness and knownness are added.</summary>
    public Output<TResult> Apply<TResult>(Func<T, Output<TResult>?> func) => ApplyOutput(func);

    /// <summary>Refuses to pretend that the value is there: returns an explanation, or throws when PULUMI_ERROR_OUTPUT_STRING is set.</summary>
    [SuppressMessage("Design", "CA1065", Justification = "The official SDK throws here when asked to.")]
    public override string ToString()
    {
        const string message = "An output has no text of its own before it is resolved. Use output.Apply(value => $\"prefix{value}\") or Output.Format($\"prefix{output}\").";
        var strict = Environment.GetEnvironmentVariable("PULUMI_ERROR_OUTPUT_STRING");
        return strict is "1" || string.Equals(strict, "true", StringComparison.OrdinalIgnoreCase) ? throw new InvalidOperationException(message) : message;
    }

    /// <summary>Waits for value and all that belongs to it.</summary>
    /// <param name="reason">What for, in messages about a run that is stuck.</param>
    internal Task<OutputData<T>> GetDataAsync(string? reason = null) =>
        DataTask.IsCompleted || Waiter.Current is not { } waiter ? DataTask : waiter.WaitAsync(DataTask, new Wait(this, reason));

    /// <summary>Waits for the value.</summary>
    /// <param name="whenUnknown">Stands for a value that is unknown.</param>
    /// <param name="reason">What for, in messages about a run that is stuck.</param>
    internal async Task<T> GetValueAsync(T whenUnknown, string? reason = null)
    {
        var data = await GetDataAsync(reason).ConfigureAwait(false);
        return data.IsKnown ? data.Value : whenUnknown;
    }

    private async Task<OutputData<object?>> GetUntypedDataAsync(string? reason) => Untyped(await GetDataAsync(reason).ConfigureAwait(false));

    private static OutputData<object?> Untyped(OutputData<T> data) => data.With<object?>(data.Value);

    private Output<TResult> ApplyValue<TResult>(Func<T, Task<TResult>> func) => Output.From(async waiter =>
    {
        var data = await GetDataAsync().ConfigureAwait(false);
        return data.IsKnown
            ? data.With(await waiter.CallAsync(Output.CallbackTask, () => func(data.Value)).ConfigureAwait(false))
            : OutputData.Unknown<TResult>(data.Resources, data.IsSecret);
    });

    private Output<TResult> ApplyOutput<TResult>(Func<T, Output<TResult>?> func) => Output.From(async waiter =>
    {
        var data = await GetDataAsync().ConfigureAwait(false);
        if (!data.IsKnown)
        {
            return OutputData.Unknown<TResult>(data.Resources, data.IsSecret);
        }

        var inner = waiter.Call(() => func(data.Value));
        if (inner is null)
        {
            return data.With<TResult>(default!);
        }

        var innerData = await inner.GetDataAsync().ConfigureAwait(false);
        return new(data.Resources.Union(innerData.Resources), innerData.Value, innerData.IsKnown, data.IsSecret || innerData.IsSecret);
    });
}
