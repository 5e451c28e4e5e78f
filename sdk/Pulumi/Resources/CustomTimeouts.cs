using System.Globalization;

namespace Pulumi;

/// <summary>How long the provider may take for one operation; null leaves its default.</summary>
public sealed class CustomTimeouts
{
    /// <summary>Limit of a creation.</summary>
    public TimeSpan? Create { get; set; }

    /// <summary>Limit of an update.</summary>
    public TimeSpan? Update { get; set; }

    /// <summary>Limit of a deletion.</summary>
    public TimeSpan? Delete { get; set; }

    internal Pulumirpc.CustomTimeouts ToProto() => new() { Create = Format(Create), Update = Format(Update), Delete = Format(Delete) };

    internal CustomTimeouts Clone() => new() { Create = Create, Update = Update, Delete = Delete };

    // The engine reads Go durations; a tick is 100 ns, so nanoseconds lose nothing.
    private static string Format(TimeSpan? limit) => limit is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value.Ticks * 100}ns") : "";
}
