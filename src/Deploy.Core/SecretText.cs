using System.Diagnostics;

namespace Deploy.Core;

/// <summary>A key or token that never shows itself: printing, logging or serializing it gives <c>[secret]</c> or nothing.</summary>
[DebuggerDisplay("[secret]")]
public sealed class SecretText
{
    private readonly string _value;

    public SecretText(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        _value = value;
    }

    /// <summary>The value itself, for the one place that sends it.</summary>
    public string Reveal() => _value;

    public override string ToString() => "[secret]";
}
