namespace Pulumi;

/// <summary>A plain value or an <see cref="Output{T}"/>: what the arguments of resources accept. Both convert implicitly.</summary>
public class Input<T> : IInput
{
    private readonly Output<T>? _output;

    private protected Input(Output<T>? output) => _output = output;

    IOutput? IInput.Content => Content;

    private protected virtual IOutput? Content => _output;

    /// <summary>An input that is known now.</summary>
    public static implicit operator Input<T>(T value) => new(Output.Create(value));

    /// <summary>An input that becomes known when the output does.</summary>
    public static implicit operator Input<T>(Output<T> value) => new(value);

    /// <summary>The input as an output.</summary>
    public static implicit operator Output<T>(Input<T> input) => input.AsOutput();

    private protected virtual Output<T> AsOutput() => _output ?? Output.Create(default(T)!);
}
